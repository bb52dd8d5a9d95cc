import { apiKeyState } from '../domain/api-key.ts';
import type { ApiKey } from '../domain/api-key.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import { startWorkerLoop } from '../kernel/worker-loop.ts';

export type KeyEnd = 'API key revoked' | 'API key expired' | 'API key deleted';

export interface KeyWatch extends AsyncDisposable {
  /** Tells once when the key is no longer taken. The returned function ends the watch. */
  watch(keyId: string, onEnded: (end: KeyEnd) => void): () => void;
  /** To be called after a change: looks at once. */
  look(): void;
}

export interface KeyWatchDeps {
  /** By id; missing where there is none. */
  read(ids: readonly string[]): Promise<ReadonlyMap<string, ApiKey>>;
  /** A key that is watched is in use. */
  onUsed(keyId: string): void;
  clock: Pick<Clock, 'now'>;
  logger: Pick<Logger, 'warn'>;
}

interface Watched {
  listeners: Set<(end: KeyEnd) => void>;
  expiring: NodeJS.Timeout | undefined;
}

const LOOK_MS = 1_000;
const NOBODY_WATCHES_MS = 3_600_000;
/** Timers cannot be set for much longer. */
const DAY_MS = 86_400_000;

/** One query a second for all keys that are watched, and none while there are none. */
export function startKeyWatch({ read, onUsed, clock, logger }: KeyWatchDeps): KeyWatch {
  const watched = new Map<string, Watched>();
  let failing = false;

  const forget = (keyId: string): void => {
    clearTimeout(watched.get(keyId)?.expiring);
    watched.delete(keyId);
  };

  const end = (keyId: string, how: KeyEnd): void => {
    const listeners = watched.get(keyId)?.listeners ?? [];
    forget(keyId);
    for (const tell of listeners) tell(how);
  };

  /** Expiry comes by the clock, whether the database can be asked or not. */
  const expireAt = (keyId: string, held: Watched, expiresAt: Date | null): void => {
    clearTimeout(held.expiring);
    const left = expiresAt === null ? null : expiresAt.getTime() - clock.now().getTime();
    if (left !== null && left <= 0) return end(keyId, 'API key expired');
    const again = (): void => expireAt(keyId, held, expiresAt);
    held.expiring = left === null ? undefined : setTimeout(again, Math.min(left, DAY_MS));
  };

  const judge = (keyId: string, key: ApiKey | undefined): void => {
    const held = watched.get(keyId);
    if (held === undefined) return;
    if (key === undefined) return end(keyId, 'API key deleted');
    if (apiKeyState(key, clock.now()) === 'REVOKED') return end(keyId, 'API key revoked');
    onUsed(keyId);
    expireAt(keyId, held, key.expiresAt);
  };

  const loop = startWorkerLoop({
    async turn() {
      const ids = [...watched.keys()];
      if (ids.length === 0) return 'idle';
      const found = await read(ids);
      failing = false;
      for (const id of ids) judge(id, found.get(id));
      return 'idle';
    },
    onError(error) {
      if (!failing) logger.warn({ err: error }, 'API keys of open WebSockets could not be looked at');
      failing = true;
    },
    pollMs: () => (watched.size === 0 ? NOBODY_WATCHES_MS : LOOK_MS),
  });

  return {
    watch(keyId, onEnded) {
      const held = watched.get(keyId) ?? { listeners: new Set(), expiring: undefined };
      const isFirst = held.listeners.size === 0;
      const listener = (how: KeyEnd): void => onEnded(how);
      held.listeners.add(listener);
      watched.set(keyId, held);
      if (isFirst) loop.wake();
      return () => {
        held.listeners.delete(listener);
        if (held.listeners.size === 0 && watched.get(keyId) === held) forget(keyId);
      };
    },
    look: () => loop.wake(),
    async [Symbol.asyncDispose]() {
      for (const keyId of [...watched.keys()]) forget(keyId);
      await loop[Symbol.asyncDispose]();
    },
  };
}
