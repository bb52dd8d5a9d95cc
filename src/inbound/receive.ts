import { BodyTooLargeError } from '../domain/commit-errors.ts';
import { UnavailableError } from '../domain/submission.ts';
import type { Committer, WebhookResult } from '../domain/submission.ts';
import type { Clock } from '../kernel/clock.ts';
import type { NewId } from '../kernel/ids.ts';
import { elapsedMs } from '../kernel/elapsed-ms.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Metrics } from '../kernel/metrics.ts';
import { confirmSubscription, isToConfirm } from './confirm-subscription.ts';
import { createSubmission } from './create-submission.ts';
import type { IntakeReply, IntakeRequest } from './intake.ts';
import { judge } from './judge.ts';
import type { Provider, VerifyContext } from './provider.ts';
import type { ProviderRegistry } from './registry.ts';
import { errorReply, replyTo } from './reply.ts';
import type { Source, Sources } from './source.ts';

export interface ReceiveDeps {
  registry: ProviderRegistry;
  sources: Sources;
  committer: Pick<Committer, 'submit'>;
  clock: Clock;
  newId: NewId;
  logger: Pick<Logger, 'info' | 'warn' | 'error'>;
  metrics?: Pick<Metrics, 'webhookReceived'>;
  auth: { unsignedIntakeAllowed(provider: string): boolean };
  fetchText: VerifyContext['fetchText'];
}

/**
 * Takes in one webhook and answers after its commit.
 *
 * @throws {UnavailableError} Not committed, as far as is known: the sender is to come back (503).
 * @throws {PoisonedSubmissionError} It can never be committed: a fault of ours (500).
 */
export type Receive = (request: IntakeRequest) => Promise<IntakeReply>;

/** How one webhook ended: what its log line and its metrics say. */
interface Ending {
  provider: string;
  source: string | null;
  receiptId: string | null;
  outcome: string;
  reason: string | null;
  /** Those that it changed or belongs to. */
  incidentIds?: readonly string[];
  status: number | null;
}

export function createReceive(deps: ReceiveDeps): Receive {
  const { registry, sources, clock } = deps;
  return async (request) => {
    const begunAt = clock.monotonic();
    const provider = registry.get(request.provider);
    const source = provider === undefined ? null : await sources.find(provider.name, request.sourceName);
    if (provider === undefined || source === null) return unknownSource(deps, provider, begunAt);
    return receiveFrom(deps, request, { provider, source, begunAt });
  };
}

interface Addressee {
  provider: Provider;
  source: Source;
  begunAt: number;
}

async function receiveFrom(
  deps: ReceiveDeps,
  request: IntakeRequest,
  { provider, source, begunAt }: Addressee,
): Promise<IntakeReply> {
  const { sources, committer, clock, newId, auth } = deps;
  const receiptId = newId();
  const receivedAt = clock.now();
  const judging = judge(request, {
    provider,
    source,
    receiptId,
    receivedAt,
    newId,
    unsignedAllowed: auth.unsignedIntakeAllowed(provider.name),
    fetchText: deps.fetchText,
  });
  const judged = judging instanceof Promise ? await judging : judging;
  const judgement = isToConfirm(judged) ? await confirmSubscription(judged, deps.fetchText) : judged;
  const submission = createSubmission({ request, source, receiptId, receivedAt }, judgement);
  const about = { provider: provider.name, source: source.name, receiptId };
  let result: WebhookResult;
  try {
    result = await committer.submit(submission);
  } catch (error) {
    if (error instanceof BodyTooLargeError) {
      const reason = error.message;
      end(deps, begunAt, { ...about, outcome: 'REFUSED', reason, status: 413 });
      return errorReply(413, [{ path: '', message: reason }]);
    }
    const outcome = error instanceof Error ? error.name : 'Error';
    // That the database is away is told by the line alone: one stack for each webhook would bury it.
    const cause = error instanceof UnavailableError ? undefined : error;
    end(deps, begunAt, { ...about, outcome, reason: String(error), status: null }, cause);
    throw error;
  }
  const secretId = judgement.verified?.secretId ?? null;
  if (secretId !== null) sources.used(source, secretId, receivedAt);
  const refused = judgement.kind === 'REFUSED';
  const reply = refused
    ? errorReply(judgement.status, judgement.problems)
    : replyTo(judgement, result, provider);
  const { outcome, reason, incidentIds } = result;
  const cause = refused ? judgement.cause : undefined;
  end(deps, begunAt, { ...about, outcome, reason, incidentIds, status: reply.status }, cause);
  return reply;
}

/** Nothing is kept: there is no source whose ledger it would belong to. A token may stand where the name was. */
function unknownSource(deps: ReceiveDeps, provider: Provider | undefined, begunAt: number): IntakeReply {
  const known = [...deps.registry.keys()].join(', ');
  const reason =
    provider === undefined
      ? `no such provider: known are ${known}`
      : `no source of this name for ${provider.name} webhooks`;
  end(deps, begunAt, {
    provider: provider?.name ?? 'unknown',
    source: null,
    receiptId: null,
    outcome: 'UNKNOWN_SOURCE',
    reason,
    status: 404,
  });
  return errorReply(404, [{ path: '', message: reason }]);
}

/** The one line about a webhook. */
function end(
  { logger, metrics, clock }: ReceiveDeps,
  begunAt: number,
  ending: Ending,
  cause?: unknown,
): void {
  const durationMs = elapsedMs(begunAt, clock.monotonic());
  const line = { ...ending, durationMs };
  if (ending.status === null || ending.status >= 500) logger.error({ ...line, err: cause }, 'webhook failed');
  else if (ending.status >= 400) logger.warn(line, 'webhook refused');
  else logger.info(line, 'webhook received');
  metrics?.webhookReceived(ending.provider, ending.outcome, durationMs / 1000);
}
