import type { Sealer } from '../access/sealing.ts';
import type { Clock } from '../kernel/clock.ts';
import { startLastUses } from '../kernel/last-uses.ts';
import type { Logger } from '../kernel/logger.ts';
import type { SecretUse, SourceStore } from '../store/source-store.ts';
import { createSourceReader } from './source-reader.ts';
import { createSourceSnapshot } from './source-snapshot.ts';
import type { Source, Sources } from './source.ts';

/** Sources beside the default ones, by name. */
export interface StoredSources extends AsyncDisposable {
  find(name: string): Promise<Source | null>;
  used: Sources['used'];
  /** To be called after each change of them, so that it takes effect here at once. */
  invalidate(): void;
}

export interface StoredSourcesDeps {
  store: Pick<SourceStore, 'changedSince' | 'recordUses'>;
  sealer: Pick<Sealer, 'open'>;
  clock: Pick<Clock, 'monotonic'>;
  logger: Pick<Logger, 'warn'>;
}

export function startStoredSources({ store, sealer, clock, logger }: StoredSourcesDeps): StoredSources {
  const read = createSourceReader({ store, sealer, logger });
  const snapshot = createSourceSnapshot({ read, clock, logger });
  const uses = startLastUses<SecretUse>({
    // Neither part holds a blank.
    keyOf: ({ keyName, secretId }) => `${keyName} ${secretId}`,
    record: (list) => store.recordUses(list),
    clock,
    onError: (error) => logger.warn({ err: error }, 'the last use of secrets could not be recorded'),
  });
  return {
    find: snapshot.find,
    invalidate: snapshot.invalidate,
    used: ({ keyName }, secretId, at) => uses.note({ keyName, secretId, at }),
    [Symbol.asyncDispose]: () => uses[Symbol.asyncDispose](),
  };
}
