import { BodyTooLargeError } from '../domain/commit-errors.ts';
import { UnavailableError } from '../domain/submission.ts';
import type { Committer, WebhookResult } from '../domain/submission.ts';
import type { Clock } from '../kernel/clock.ts';
import type { NewId } from '../kernel/ids.ts';
import { confirmSubscription, isToConfirm } from './confirm-subscription.ts';
import { createSubmission } from './create-submission.ts';
import type { Arrival } from './create-submission.ts';
import { isDryRun } from './dry-run.ts';
import { dryRunReply } from './dry-run-reply.ts';
import { tellEnding } from './ending.ts';
import type { EndingDeps } from './ending.ts';
import type { IntakeReply, IntakeRequest } from './intake.ts';
import { judge } from './judge.ts';
import type { Judgement, Refused } from './judge.ts';
import { previewJudged } from './preview-webhook.ts';
import type { PreviewSubmission } from './preview-webhook.ts';
import type { Provider, VerifyContext } from './provider.ts';
import type { ProviderRegistry } from './registry.ts';
import { errorReply, replyTo } from './reply.ts';
import type { SourceGate } from './source-gate.ts';
import type { Source, Sources } from './source.ts';
import { turnAwayStranger, turnAwayTooFast } from './turn-away.ts';
import type { TurnAwayDeps } from './turn-away.ts';

export interface ReceiveDeps extends EndingDeps, TurnAwayDeps {
  registry: ProviderRegistry;
  sources: Sources;
  committer: Pick<Committer, 'submit'>;
  /** For webhooks that are to be tried out only. */
  preview: PreviewSubmission;
  gate: SourceGate;
  clock: Clock;
  newId: NewId;
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

export function createReceive(deps: ReceiveDeps): Receive {
  const { registry, clock } = deps;
  return async (request) => {
    const begunAt = clock.monotonic();
    const provider = registry.get(request.provider);
    const source = provider === undefined ? null : await findSource(deps, request, { provider, begunAt });
    if (provider === undefined || source === null) return unknownSource(deps, provider, begunAt);
    return receiveFrom(deps, request, { provider, source, begunAt });
  };
}

/** The stored sources may be out of reach, which is told like any other ending. */
async function findSource(
  deps: ReceiveDeps,
  { sourceName }: IntakeRequest,
  { provider, begunAt }: Pick<Addressee, 'provider' | 'begunAt'>,
): Promise<Source | null> {
  try {
    return await deps.sources.find(provider.name, sourceName);
  } catch (error) {
    const about = { provider: provider.name, source: null, receiptId: null };
    tellEnding(deps, begunAt, { ...about, ...failure(error) }, causeOf(error));
    throw error;
  }
}

interface Addressee {
  provider: Provider;
  source: Source;
  begunAt: number;
}

interface Judged {
  arrival: Arrival;
  judgement: Judgement;
}

async function receiveFrom(
  deps: ReceiveDeps,
  request: IntakeRequest,
  addressee: Addressee,
): Promise<IntakeReply> {
  const { provider, source } = addressee;
  const { gate, clock, newId, auth, fetchText } = deps;
  const seconds = gate.secondsToWait(source);
  if (seconds > 0) return turnAwayTooFast(deps, addressee, seconds);
  const arrival = { request, source, receiptId: newId(), receivedAt: clock.now() };
  const judging = judge(request, {
    ...arrival,
    provider,
    newId,
    unsignedAllowed: auth.unsignedIntakeAllowed(provider.name),
    fetchText,
  });
  const judgement = judging instanceof Promise ? await judging : judging;
  if (judgement.verified !== null) {
    gate.countVerified(source);
  } else {
    const untilKept = gate.admitStranger(source);
    if (untilKept > 0) return turnAwayStranger(deps, addressee, judgement, untilKept);
  }
  if (isDryRun(request.query)) return tryOut(deps, addressee, { arrival, judgement });
  const settled = isToConfirm(judgement) ? await confirmSubscription(judgement, fetchText) : judgement;
  return commit(deps, addressee, { arrival, judgement: settled });
}

async function commit(
  deps: ReceiveDeps,
  addressee: Addressee,
  { arrival, judgement }: Judged,
): Promise<IntakeReply> {
  const { provider, source, begunAt } = addressee;
  const { receiptId, receivedAt } = arrival;
  const about = { provider: provider.name, source: source.name, receiptId };
  let result: WebhookResult;
  try {
    result = await deps.committer.submit(createSubmission(arrival, judgement));
  } catch (error) {
    if (error instanceof BodyTooLargeError && !isTooLarge(judgement)) {
      return commit(deps, addressee, { arrival, judgement: tooLarge(judgement, error) });
    }
    tellEnding(deps, begunAt, { ...about, ...failure(error) }, causeOf(error));
    throw error;
  }
  const secretId = judgement.verified?.secretId ?? null;
  if (secretId !== null) deps.sources.used(source, secretId, receivedAt);
  const refused = judgement.kind === 'REFUSED';
  const reply = refused
    ? errorReply(judgement.status, judgement.problems, { receiptId })
    : replyTo(judgement, result, provider);
  const { outcome, reason, incidentIds } = result;
  const cause = refused ? judgement.cause : undefined;
  tellEnding(deps, begunAt, { ...about, outcome, reason, incidentIds, status: reply.status }, cause);
  return reply;
}

/** Under its provider's limit, but too large to be stored even when compressed: its start and the reason are. */
function tooLarge({ verified, deliveryId }: Judgement, { message }: Error): Refused {
  return { kind: 'REFUSED', status: 413, problems: [{ path: '', message }], verified, deliveryId };
}

function isTooLarge(judgement: Judgement): boolean {
  return judgement.kind === 'REFUSED' && judgement.status === 413;
}

/** Shows what the webhook would do. Who cannot vouch for it learns that alone. */
async function tryOut(
  deps: ReceiveDeps,
  { provider, source, begunAt }: Addressee,
  { arrival, judgement }: Judged,
): Promise<IntakeReply> {
  const about = { provider: provider.name, source: source.name, receiptId: null };
  const end = (reply: IntakeReply, reason: string | null): IntakeReply => {
    tellEnding(deps, begunAt, { ...about, outcome: 'DRY_RUN', reason, status: reply.status });
    return reply;
  };
  if (judgement.kind === 'REFUSED' && judgement.verified === null) {
    const { status, problems } = judgement;
    return end(errorReply(status, problems), problems[0]?.message ?? null);
  }
  try {
    const preview = await previewJudged(deps.preview, arrival, { judgement, provider });
    return end(dryRunReply(preview), preview.result.reason);
  } catch (error) {
    tellEnding(deps, begunAt, { ...about, ...failure(error) }, causeOf(error));
    throw error;
  }
}

/** Nothing is kept: there is no source whose ledger it would belong to. A token may stand where the name was. */
function unknownSource(deps: ReceiveDeps, provider: Provider | undefined, begunAt: number): IntakeReply {
  const known = [...deps.registry.keys()].join(', ');
  const reason =
    provider === undefined
      ? `no such provider: known are ${known}`
      : `no source of this name for ${provider.name} webhooks`;
  tellEnding(deps, begunAt, {
    provider: provider?.name ?? 'unknown',
    source: null,
    receiptId: null,
    outcome: 'UNKNOWN_SOURCE',
    reason,
    status: 404,
  });
  return errorReply(404, [{ path: '', message: reason }]);
}

function failure(error: unknown) {
  return { outcome: error instanceof Error ? error.name : 'Error', reason: String(error), status: null };
}

/** That the database is away is told by the line alone: one stack for each webhook would bury it. */
function causeOf(error: unknown): unknown {
  return error instanceof UnavailableError ? undefined : error;
}
