import type { ApiKey } from '../domain/api-key.ts';
import { UnavailableError } from '../domain/submission.ts';

export type ReadKeys = (digests: readonly string[]) => Promise<ReadonlyMap<string, ApiKey>>;

/** `onBegun` tells when the read begins that answers it. */
export type KeyLookUp = (digest: string, onBegun: () => void) => Promise<ApiKey | null>;

interface Batch {
  digests: Set<string>;
  begun: (() => void)[];
  found: Promise<ReadonlyMap<string, ApiKey>>;
}

/** A read of so many takes milliseconds, and is some 700 KB on the wire. */
const MAX_BATCH = 10_000;

/**
 * One read at a time, for all that were asked about while the last one ran: however many made-up keys strangers try,
 * the database meets one query after another.
 */
export function createKeyLookUp(read: ReadKeys): KeyLookUp {
  let underWay: Promise<unknown> = Promise.resolve();
  let next: Batch | null = null;

  const open = (): Batch => {
    const batch: Omit<Batch, 'found'> = { digests: new Set(), begun: [] };
    const run = async (): Promise<ReadonlyMap<string, ApiKey>> => {
      await underWay;
      next = null;
      for (const begin of batch.begun) begin();
      const reading = read([...batch.digests]);
      underWay = reading.catch(() => undefined);
      return reading;
    };
    return { ...batch, found: run() };
  };

  return async (digest, onBegun) => {
    next ??= open();
    const { digests, begun, found } = next;
    if (digests.size >= MAX_BATCH) throw new UnavailableError('Too many API keys are being looked up.', 1);
    digests.add(digest);
    begun.push(onBegun);
    return (await found).get(digest) ?? null;
  };
}
