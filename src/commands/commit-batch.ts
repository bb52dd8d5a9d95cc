import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseAwayError, StaleStateError, UnknownCommitResultError } from '../domain/commit-errors.ts';
import type { Draft } from '../domain/draft.ts';
import type { CommandResult, WebhookResult } from '../domain/submission.ts';
import type { Logger } from '../kernel/logger.ts';
import type { CommitWriter, PackedBodies } from '../store/commit-writer.ts';
import { decideBatch, isEmpty } from './decide-batch.ts';
import type { DecideOptions, Identified } from './decide-batch.ts';

export type CommitOutcome =
  | { kind: 'COMMITTED'; result: WebhookResult | CommandResult }
  /** Nothing was written; come back later. */
  | { kind: 'AWAY'; error: DatabaseAwayError }
  /** This submission alone cannot be committed; nothing of it was written. */
  | { kind: 'POISONED'; error: unknown };

export interface CommitBatchDeps {
  load: DecideOptions['load'];
  writer: Pick<CommitWriter, 'write' | 'wasWritten'>;
  now: () => Date;
  random: () => number;
  reopenWindowMs: number;
  logger: Logger;
}

/** More conflicts than that in a row are no race any more. */
const MAX_STALE_TRIES = 12;
const STALE_PAUSE_MS = 20;
const LOOK_UP_PAUSE_MS = 250;
/** Callers wait 4 s; a stop must not wait for a database that does not come back. */
const LOOK_UP_PATIENCE_MS = 10_000;

/** Commits a batch in one transaction and tells what became of each submission, in order. Never rejects. */
export async function commitBatch(
  deps: CommitBatchDeps,
  batch: readonly Identified[],
  packed: PackedBodies,
): Promise<CommitOutcome[]> {
  try {
    return await commitWhole(deps, batch, packed);
  } catch (error) {
    if (error instanceof DatabaseAwayError) return batch.map(() => ({ kind: 'AWAY', error }));
    if (batch.length === 1) {
      // Others that are always first are nobody's fault.
      const lostRace = error instanceof StaleStateError && error.reason === 'CONFLICT';
      return [lostRace ? { kind: 'AWAY', error: away(error) } : { kind: 'POISONED', error }];
    }
    deps.logger.warn({ err: error, submissions: batch.length }, 'batch failed: halving it to find the cause');
    const middle = Math.ceil(batch.length / 2);
    const first = await commitBatch(deps, batch.slice(0, middle), packed);
    return [...first, ...(await commitBatch(deps, batch.slice(middle), packed))];
  }
}

async function commitWhole(
  deps: CommitBatchDeps,
  batch: readonly Identified[],
  packed: PackedBodies,
): Promise<CommitOutcome[]> {
  const { load, writer, now, random, reopenWindowMs, logger } = deps;
  const unknown: UnknownTry[] = [];
  for (let tries = 1; ; tries += 1) {
    const { draft, decided } = await decideBatch(batch, { load, now: now(), reopenWindowMs });
    const outcomes = decided.map((one): CommitOutcome =>
      one.ok ? { kind: 'COMMITTED', result: one.result } : { kind: 'POISONED', error: one.error },
    );
    if (isEmpty(draft)) return outcomes;
    try {
      await writer.write(draft, packed);
      return outcomes;
    } catch (error) {
      if (error instanceof UnknownCommitResultError) unknown.push({ draft, outcomes, error });
      else if (!(error instanceof StaleStateError) && unknown.length === 0) throw error;
      logger.debug({ err: error, tries, submissions: batch.length }, 'batch is tried again');
      const standing = await findStanding(writer, unknown);
      if (standing !== undefined) return standing;
      if (tries >= MAX_STALE_TRIES) throw exhausted(error, unknown);
      await sleep(random() * STALE_PAUSE_MS * tries);
    }
  }
}

/** What the database could not do now, or does not tell, is nobody's fault; a conflict that never ends is one of the batch. */
function exhausted(error: unknown, unknown: readonly UnknownTry[]): unknown {
  const transient = error instanceof StaleStateError && error.reason === 'TRANSIENT';
  return error instanceof Error && (transient || unknown.length > 0) ? away(error) : error;
}

function away(cause: Error): DatabaseAwayError {
  return new DatabaseAwayError(cause.message, { cause });
}

/** A try whose result was never told: it may stand. */
interface UnknownTry {
  draft: Draft;
  outcomes: CommitOutcome[];
  error: UnknownCommitResultError;
}

/**
 * Ids are the same in every try, so the first id of a try tells whether it stands. Waits until that can be told. The
 * newest comes first: its statements would have failed over an older one that stands.
 */
async function findStanding(
  writer: CommitBatchDeps['writer'],
  unknown: readonly UnknownTry[],
): Promise<CommitOutcome[] | undefined> {
  for (const { draft, outcomes, error } of unknown.toReversed()) {
    if (await patiently(() => writer.wasWritten(draft))) return outcomes;
    // A commit may still be on its way: once its transaction is ended, what is not there will never be.
    await error.abandon().catch(() => undefined);
    if (await patiently(() => writer.wasWritten(draft))) return outcomes;
  }
  return undefined;
}

/** Asks until the database answers, so long as anybody may still wait for it. */
async function patiently(ask: () => Promise<boolean>): Promise<boolean> {
  const deadline = performance.now() + LOOK_UP_PATIENCE_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof DatabaseAwayError) || performance.now() > deadline) throw error;
      await sleep(LOOK_UP_PAUSE_MS);
    }
  }
}
