import type { Committer } from '../domain/submission.ts';
import type { Clock } from '../kernel/clock.ts';
import type { NewId } from '../kernel/ids.ts';
import { createSubmission } from './create-submission.ts';
import { isDryRun } from './dry-run.ts';
import { tellEnding } from './ending.ts';
import type { Ending, EndingDeps } from './ending.ts';
import type { IntakeRequest, Problem } from './intake.ts';
import type { ProviderRegistry } from './registry.ts';
import type { SourceGate } from './source-gate.ts';
import type { Sources } from './source.ts';

export interface RefuseUnreadDeps extends EndingDeps {
  registry: ProviderRegistry;
  sources: Pick<Sources, 'find'>;
  committer: Pick<Committer, 'submit'>;
  gate: Pick<SourceGate, 'admitStranger'>;
  clock: Clock;
  newId: NewId;
}

/** Why the body of a webhook is not read. */
export interface UnreadRefusal {
  status: 413 | 415;
  problem: Problem;
}

/**
 * Keeps a receipt of a webhook whose body nobody reads, and gives back its id; null where none is kept. Never rejects: the
 * sender's answer is the same either way.
 */
export type RefuseUnread = (
  request: Omit<IntakeRequest, 'body'>,
  refusal: UnreadRefusal,
) => Promise<string | null>;

const NO_BODY = Buffer.alloc(0);

export function createRefuseUnread(deps: RefuseUnreadDeps): RefuseUnread {
  const { registry, sources, committer, gate, clock, newId } = deps;

  const keep = async (
    request: Omit<IntakeRequest, 'body'>,
    { status, problem }: UnreadRefusal,
  ): Promise<Pick<Ending, 'source' | 'receiptId' | 'outcome'>> => {
    const provider = registry.get(request.provider);
    const source = provider === undefined ? null : await sources.find(provider.name, request.sourceName);
    if (provider === undefined || source === null) {
      return { source: null, receiptId: null, outcome: 'UNKNOWN_SOURCE' };
    }
    // Nobody vouches for what was not read, so it counts among the strangers'.
    if (isDryRun(request.query) || gate.admitStranger(source) > 0) {
      return { source: source.name, receiptId: null, outcome: 'REFUSED' };
    }
    const { headers } = request;
    const arrival = {
      request: { ...request, body: NO_BODY },
      source,
      receiptId: newId(),
      receivedAt: clock.now(),
    };
    const { receiptId, outcome } = await committer.submit(
      createSubmission(arrival, {
        kind: 'REFUSED',
        status,
        problems: [problem],
        verified: null,
        deliveryId: provider.deliveryId(headers, null),
      }),
    );
    return { source: source.name, receiptId, outcome };
  };

  return async (request, refusal) => {
    const begunAt = clock.monotonic();
    const provider = registry.get(request.provider)?.name ?? 'unknown';
    const ended = { provider, reason: refusal.problem.message, status: refusal.status };
    try {
      const kept = await keep(request, refusal);
      tellEnding(deps, begunAt, { ...ended, ...kept });
      return kept.receiptId;
    } catch (error) {
      const reason = `${ended.reason}; no receipt is kept: ${String(error)}`;
      tellEnding(deps, begunAt, { ...ended, source: null, receiptId: null, outcome: 'REFUSED', reason });
      return null;
    }
  };
}
