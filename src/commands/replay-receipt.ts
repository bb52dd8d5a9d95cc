import type { Receipt } from '../domain/receipt.ts';
import { PoisonedSubmissionError } from '../domain/submission.ts';
import type { DedupKey, Refusal, Verdict, WebhookResult, WebhookSubmission } from '../domain/submission.ts';
import type { Clock } from '../kernel/clock.ts';
import { elapsedMs } from '../kernel/elapsed-ms.ts';
import { createGate } from '../kernel/gate.ts';
import type { NewId } from '../kernel/ids.ts';
import type { Logger } from '../kernel/logger.ts';
import type { ReceiptReader } from '../store/receipt-reader.ts';

/** What today's code makes of a stored webhook, before any state is looked at. */
export interface TodaysReading {
  verdict: Verdict;
  dedupKey: DedupKey | null;
  warnings: string[];
  /** What was thrown, where the code failed on it. */
  cause?: unknown;
}

export interface ReplayReceiptDeps {
  receipts: Pick<ReceiptReader, 'byIds' | 'body'>;
  /** Null where nobody knows its provider any more. */
  readAgain: (original: Receipt, body: Buffer) => Promise<TodaysReading | null>;
  committer: { submit(submission: WebhookSubmission): Promise<WebhookResult> };
  clock: Clock;
  newId: NewId;
  logger: Pick<Logger, 'info' | 'error'>;
}

export interface ReplayReceiptInput {
  id: string;
  /** Who asks for it. */
  by: string | null;
}

export type ReplayReceiptResult = { receipt: Receipt } | { refusal: Refusal };

export type ReplayReceipt = (input: ReplayReceiptInput) => Promise<ReplayReceiptResult>;

/** Bodies may be large. */
const BODIES_AT_ONCE = 4;

/**
 * Runs the stored body of a webhook again through today's code. What was folded of it before is not folded again; what
 * the code now reads of it takes effect as of when the webhook came. The result is a receipt of its own.
 */
export function createReplayReceipt(deps: ReplayReceiptDeps): ReplayReceipt {
  const inTurn = createGate(BODIES_AT_ONCE);
  return async (input) => {
    const begunAt = deps.clock.monotonic();
    const prepared = await inTurn(() => prepare(deps, input));
    if ('refusal' in prepared) return prepared;
    const { submission, cause } = prepared;
    const receiptId = await commit(deps, submission);
    const [receipt] = await deps.receipts.byIds([receiptId]);
    if (receipt === undefined) throw new Error(`the replay ${receiptId} was not kept`);
    const { replayOf, replayedBy, outcome, reason, incidentIds } = receipt;
    const durationMs = elapsedMs(begunAt, deps.clock.monotonic());
    const line = { receiptId, replayOf, replayedBy, outcome, reason, incidentIds, durationMs };
    if (outcome === 'FAILED') deps.logger.error({ ...line, err: cause }, 'replay of a webhook failed');
    else deps.logger.info(line, 'webhook replayed');
    return { receipt };
  };
}

interface Prepared {
  submission: WebhookSubmission;
  cause: unknown;
}

async function prepare(
  { receipts, readAgain, clock, newId }: ReplayReceiptDeps,
  { id, by }: ReplayReceiptInput,
): Promise<Prepared | { refusal: Refusal }> {
  const original = await findOriginal(receipts, id);
  if ('refusal' in original) return original;
  const body = await receipts.body(original.id);
  if (body === null) return cannot('its body is no longer kept');
  if (body.length < original.bodySize) return cannot('only the start of its body was kept');
  const reading = await readAgain(original, body);
  if (reading === null) return cannot(`no provider ${original.provider} is known any more`);
  const { verdict, dedupKey, warnings, cause } = reading;
  const { source, keySource, provider, deliveryId, headers, bodyHash, bodySize, verifiedWith } = original;
  const about = { source, keySource, provider, deliveryId, headers, bodyHash, bodySize, verifiedWith };
  const submission: WebhookSubmission = {
    kind: 'WEBHOOK',
    receipt: { id: newId(), receivedAt: clock.now(), ...about, warnings, fromStranger: false },
    body: Buffer.alloc(0),
    dedupKey,
    verdict,
    rerun: { of: original.id, receivedAt: original.receivedAt, by },
  };
  return { submission, cause };
}

/** The webhook itself: of a repetition the first delivery, of a replay what was replayed. */
async function findOriginal(
  receipts: ReplayReceiptDeps['receipts'],
  id: string,
): Promise<Receipt | { refusal: Refusal }> {
  const [asked] = await receipts.byIds([id]);
  if (asked === undefined) return refused('NOT_FOUND', `no receipt ${id}`);
  let original = asked;
  // The first delivery may be known by its replay alone, where it failed when it came.
  for (let next = leadsTo(original); next !== null; next = leadsTo(original)) {
    const [found] = await receipts.byIds([next]);
    if (found === undefined) return cannot(`the first delivery, receipt ${next}, is no longer kept`);
    original = found;
  }
  if (!original.fromStranger) return original;
  return cannot('nobody vouched for it, so its body was not kept');
}

function leadsTo({ replayOf, duplicateOf }: Receipt): string | null {
  return replayOf ?? duplicateOf;
}

/** One that the code or the database fails on is kept as `FAILED`, like a webhook. */
async function commit(
  { committer }: Pick<ReplayReceiptDeps, 'committer'>,
  submission: WebhookSubmission,
): Promise<string> {
  try {
    return (await committer.submit(submission)).receiptId;
  } catch (error) {
    if (error instanceof PoisonedSubmissionError && error.receiptId !== null) return error.receiptId;
    throw error;
  }
}

function cannot(why: string): { refusal: Refusal } {
  return refused('INVALID', `the webhook cannot run again: ${why}`);
}

function refused(code: Refusal['code'], message: string): { refusal: Refusal } {
  return { refusal: { code, message, path: ['input', 'id'] } };
}
