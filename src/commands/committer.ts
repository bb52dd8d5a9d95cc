import { DatabaseAwayError } from '../domain/commit-errors.ts';
import { PoisonedSubmissionError, UnavailableError } from '../domain/submission.ts';
import type {
  CommandResult,
  CommandSubmission,
  Committer,
  Submission,
  WebhookResult,
  WebhookSubmission,
} from '../domain/submission.ts';
import type { NewId } from '../kernel/ids.ts';
import type { CommitWriter } from '../store/commit-writer.ts';
import type { PackedBody } from '../store/pack-body.ts';
import { commitBatch } from './commit-batch.ts';
import type { CommitBatchDeps, CommitOutcome } from './commit-batch.ts';
import { createIdTape } from './id-tape.ts';
import type { IdTape } from './id-tape.ts';
import { saveFailedReceipt } from './save-failed-receipt.ts';

export interface CommitterDeps extends Omit<CommitBatchDeps, 'writer'> {
  writer: CommitWriter;
  packBody: (body: Buffer) => PackedBody | Promise<PackedBody>;
  newId: NewId;
  /** Called after each commit that wrote events or deployments, with what they concern. */
  onCommitted: (committed: { deploymentIds: string[] }) => void;
}

export interface RunningCommitter extends Committer, AsyncDisposable {
  /** Submissions that wait for a batch. */
  queueLength(): number;
}

const MAX_BATCH = 256;
const MAX_BATCH_BYTES = 8 * 1024 * 1024;
const MAX_HELD = 5000;
/** Raw bodies are held until their answer, however small they pack: a fault may still need them. */
const MAX_HELD_BYTES = 256 * 1024 * 1024;
const MAX_WAIT_MS = 4000;
const RETRY_AFTER_SECONDS = 2;
/** Bodies up to this size are written in the transaction; larger ones before it. */
const MAX_BODY_IN_TRANSACTION = 1024 * 1024;

interface Pending {
  submission: Submission;
  tape: IdTape;
  body: PackedBody | null;
  bytes: number;
  settle: (outcome: CommitOutcome) => void;
}

/** Whether the caller of a submission still waits, and where it stands in the queue. */
interface Caller {
  gone: boolean;
  pending: Pending | null;
}

/**
 * Group commit: takes every submission that arrived while the last batch was committing, and commits them together.
 * No timers: an idle server commits one at once, a busy one hundreds together.
 */
export function startCommitter(deps: CommitterDeps): RunningCommitter {
  const queue: Pending[] = [];
  let held = 0;
  let heldBytes = 0;
  let running: Promise<void> | undefined;
  let stopping = false;

  return {
    submit,
    queueLength: () => queue.length,
    async [Symbol.asyncDispose]() {
      stopping = true;
      await running;
    },
  };

  function submit(submission: WebhookSubmission): Promise<WebhookResult>;
  function submit(submission: CommandSubmission): Promise<CommandResult>;
  async function submit(submission: Submission): Promise<WebhookResult | CommandResult> {
    if (stopping) throw unavailable('the server is stopping');
    const size = submission.kind === 'WEBHOOK' ? submission.body.length : 0;
    if (held >= MAX_HELD || heldBytes + size > MAX_HELD_BYTES) {
      throw unavailable('too many submissions wait to be committed');
    }
    held += 1;
    heldBytes += size;
    const caller: Caller = { gone: false, pending: null };
    let patience: NodeJS.Timeout | undefined;
    const tooLong = new Promise<never>((_resolve, reject) => {
      patience = setTimeout(() => {
        leave(caller);
        reject(unavailable('the commit takes too long'));
      }, MAX_WAIT_MS);
    });
    try {
      return await Promise.race([commit(submission, caller), tooLong]);
    } finally {
      clearTimeout(patience);
      held -= 1;
      heldBytes -= size;
    }
  }

  /** Not begun: it is taken back. Begun: it goes on to its end, and the same webhook again is a duplicate. */
  function leave(caller: Caller): void {
    caller.gone = true;
    const index = caller.pending === null ? -1 : queue.indexOf(caller.pending);
    if (index >= 0) queue.splice(index, 1);
  }

  async function commit(submission: Submission, caller: Caller): Promise<WebhookResult | CommandResult> {
    const packing = submission.kind === 'WEBHOOK' ? deps.packBody(submission.body) : null;
    const body = packing instanceof Promise ? await packing : packing;
    const outcome = await enqueue(submission, await placeBody(submission, body), caller);
    switch (outcome.kind) {
      case 'COMMITTED':
        return outcome.result;
      case 'AWAY':
        throw unavailable(outcome.error.message, outcome.error);
      case 'POISONED':
        throw await poisoned(submission, outcome.error);
    }
  }

  async function placeBody(submission: Submission, body: PackedBody | null): Promise<PackedBody | null> {
    if (submission.kind !== 'WEBHOOK' || body === null || body.bytes.length <= MAX_BODY_IN_TRANSACTION)
      return body;
    try {
      await deps.writer.writeLargeBody(submission.receipt.id, body, submission.receipt.receivedAt);
    } catch (error) {
      throw error instanceof DatabaseAwayError ? unavailable(error.message, error) : error;
    }
    return null;
  }

  function enqueue(submission: Submission, body: PackedBody | null, caller: Caller): Promise<CommitOutcome> {
    if (caller.gone || stopping) throw unavailable('the server is stopping');
    return new Promise((settle) => {
      const bytes = (body?.bytes.length ?? 0) + 1024;
      caller.pending = { submission, tape: createIdTape(deps.newId), body, bytes, settle };
      queue.push(caller.pending);
      running ??= drain();
    });
  }

  async function drain(): Promise<void> {
    // Lets all that arrived in the same tick into the first batch.
    await Promise.resolve();
    while (queue.length > 0) {
      const batch = takeBatch();
      const packed = new Map(
        batch.flatMap(({ submission, body }) =>
          submission.kind === 'WEBHOOK' && body !== null ? [[submission.receipt.id, body] as const] : [],
        ),
      );
      const outcomes = await commitBatch(deps, batch, packed);
      batch.forEach(({ settle }, index) => {
        const outcome = outcomes[index];
        if (outcome !== undefined) settle(outcome);
      });
      announce(batch, outcomes);
    }
    running = undefined;
  }

  function takeBatch(): Pending[] {
    let bytes = 0;
    let count = 0;
    for (const pending of queue) {
      if (count >= MAX_BATCH || (count > 0 && bytes + pending.bytes > MAX_BATCH_BYTES)) break;
      bytes += pending.bytes;
      count += 1;
    }
    return queue.splice(0, count);
  }

  function announce(batch: readonly Pending[], outcomes: readonly CommitOutcome[]): void {
    if (!outcomes.some(({ kind }) => kind === 'COMMITTED')) return;
    const deploymentIds = batch.flatMap(({ submission }, index) => {
      const outcome = outcomes[index];
      const told = submission.kind === 'WEBHOOK' && submission.verdict.outcome === 'APPLIED';
      return told && outcome?.kind === 'COMMITTED' && outcome.result.kind === 'WEBHOOK'
        ? outcome.result.deploymentIds
        : [];
    });
    try {
      deps.onCommitted({ deploymentIds });
    } catch (error) {
      // What is committed is found by polling too; the next batch must not fail for it.
      deps.logger.error({ err: error }, 'a listener to commits failed');
    }
  }

  async function poisoned(submission: Submission, error: unknown): Promise<PoisonedSubmissionError> {
    const receiptId = submission.kind === 'WEBHOOK' ? submission.receipt.id : null;
    deps.logger.error({ err: error, receiptId }, 'webhook or command cannot be committed');
    if (submission.kind === 'WEBHOOK') await saveFailedReceipt(deps, submission, error);
    return new PoisonedSubmissionError('the submission could not be committed', receiptId, { cause: error });
  }
}

function unavailable(message: string, cause?: DatabaseAwayError): UnavailableError {
  return new UnavailableError(message, RETRY_AFTER_SECONDS, cause && { cause });
}
