import type { Sealer } from '../access/sealing.ts';
import { sourceSecretPlace } from '../domain/source-secret.ts';
import type { SealedSecret, StoredSource } from '../domain/source.ts';
import type { Logger } from '../kernel/logger.ts';
import type { SourceStore } from '../store/source-store.ts';
import type { Source, SourceSecret } from './source.ts';

export interface SourceReaderDeps {
  store: Pick<SourceStore, 'changedSince'>;
  sealer: Pick<Sealer, 'open'>;
  logger: Pick<Logger, 'warn'>;
}

interface KnownSource {
  revision: number;
  source: Source;
}

/**
 * Reads the stored sources, ready to judge by. They are read every second, so only what changed is fetched and opened anew.
 * A secret that no key at hand opens is told of once, and spoils neither the rest of its source nor other sources.
 */
export function createSourceReader({ store, sealer, logger }: SourceReaderDeps): () => Promise<Source[]> {
  let known: ReadonlyMap<string, KnownSource> = new Map();
  const told = new Set<string>();

  const open = ({ id, name }: StoredSource, secret: SealedSecret): string | null => {
    const place = sourceSecretPlace(id, secret.id);
    try {
      return sealer.open(secret.sealed, place);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const about = `${id} ${secret.id}`;
      if (!told.has(about))
        logger.warn({ source: name, secretId: secret.id, reason }, 'a secret of a source cannot be opened');
      told.add(about);
      return null;
    }
  };

  const ready = (stored: StoredSource): Source => {
    const secrets = stored.secrets.map((secret): SourceSecret => {
      const { id, until } = secret;
      return { id, value: open(stored, secret), generation: until === null ? 'CURRENT' : 'PREVIOUS', until };
    });
    const { name, keyName, provider, enabled, settings, ratePerSecond } = stored;
    return {
      name,
      keyName,
      provider,
      enabled,
      secrets: secrets.length === 0 ? null : secrets,
      settings,
      ratePerSecond,
    };
  };

  return async () => {
    const before = known;
    const { changed, unchanged } = await store.changedSince(before);
    const now = new Map<string, KnownSource>();
    for (const id of unchanged) {
      const same = before.get(id);
      if (same !== undefined) now.set(id, same);
    }
    for (const stored of changed) now.set(stored.id, { revision: stored.revision, source: ready(stored) });
    known = now;
    return [...now.values()].map(({ source }) => source);
  };
}
