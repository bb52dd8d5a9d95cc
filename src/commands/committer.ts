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
const MAX_QUEUE = 5000;
const MAX_QUEUE_BYTES = 256 * 1024 * 1024;
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

/**
 * Group commit: takes every submission that arrived while the last batch was committing, and commits them together.
 * No timers: an idle server commits one at once, a busy one hundreds together.
 */
export function startCommitter(deps: CommitterDeps): RunningCommitter {
  const queue: Pending[] = [];
  let queuedBytes = 0;
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
    if (stopping) throw new UnavailableError('the server is stopping', RETRY_AFTER_SECONDS);
    if (queue.length >= MAX_QUEUE || queuedBytes >= MAX_QUEUE_BYTES) {
      throw new UnavailableError('too many submissions wait to be committed', RETRY_AFTER_SECONDS);
    }
    const packing = submission.kind === 'WEBHOOK' ? deps.packBody(submission.body) : null;
    const body = packing instanceof Promise ? await packing : packing;
    const outcome = await enqueue(submission, await placeBody(submission, body));
    switch (outcome.kind) {
      case 'COMMITTED':
        return outcome.result;
      case 'AWAY':
        throw new UnavailableError(outcome.error.message, RETRY_AFTER_SECONDS, { cause: outcome.error });
      case 'POISONED':
        throw await poisoned(submission, outcome.error);
    }
  }

  async function placeBody(submission: Submission, body: PackedBody | null): Promise<PackedBody | null> {
    if (submission.kind !== 'WEBHOOK' || body === null || body.bytes.length <= MAX_BODY_IN_TRANSACTION)
      return body;
    await deps.writer.writeLargeBody(submission.receipt.id, body, submission.receipt.receivedAt);
    return null;
  }

  function enqueue(submission: Submission, body: PackedBody | null): Promise<CommitOutcome> {
    return new Promise((resolve, reject) => {
      const pending: Pending = {
        submission,
        tape: createIdTape(deps.newId),
        body,
        bytes: (body?.bytes.length ?? 0) + 1024,
        settle(outcome) {
          clearTimeout(patience);
          resolve(outcome);
        },
      };
      const patience = setTimeout(() => {
        // Not begun: it is taken back. Begun: it goes on to its end, and the same webhook again is a duplicate.
        const index = queue.indexOf(pending);
        if (index >= 0) {
          queue.splice(index, 1);
          queuedBytes -= pending.bytes;
        }
        reject(new UnavailableError('the commit takes too long', RETRY_AFTER_SECONDS));
      }, MAX_WAIT_MS);
      queue.push(pending);
      queuedBytes += pending.bytes;
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
    queuedBytes -= bytes;
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
    deps.onCommitted({ deploymentIds });
  }

  async function poisoned(submission: Submission, error: unknown): Promise<PoisonedSubmissionError> {
    const receiptId = submission.kind === 'WEBHOOK' ? submission.receipt.id : null;
    deps.logger.error({ err: error, receiptId }, 'webhook or command cannot be committed');
    if (submission.kind === 'WEBHOOK') await saveFailedReceipt(deps, submission, error);
    return new PoisonedSubmissionError('the submission could not be committed', receiptId, { cause: error });
  }
}
