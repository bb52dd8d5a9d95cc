import type { Clock } from '../kernel/clock.ts';
import { elapsedMs } from '../kernel/elapsed-ms.ts';
import type { Metrics } from '../kernel/metrics.ts';
import type { IntakeReply } from './intake.ts';
import type { Judgement } from './judge.ts';
import type { Provider } from './provider.ts';
import { errorReply, tooFastReply } from './reply.ts';
import type { Source } from './source.ts';
import type { UnkeptLog, WhyUnkept } from './unkept-log.ts';

export interface TurnAwayDeps {
  unkept: Pick<UnkeptLog, 'count'>;
  metrics?: Pick<Metrics, 'webhookReceived'>;
  clock: Pick<Clock, 'monotonic'>;
}

interface TurnedAway {
  provider: Pick<Provider, 'name' | 'tooFastStatus'>;
  source: Pick<Source, 'name'>;
  begunAt: number;
}

/** Before anything is done for the webhook, so that no source takes what the others need. */
export function turnAwayTooFast(deps: TurnAwayDeps, turnedAway: TurnedAway, seconds: number): IntakeReply {
  const { provider, source } = turnedAway;
  count(deps, turnedAway, 'TOO_FAST');
  return tooFastReply(
    provider,
    `more webhooks a second than are taken of the source ${source.name}`,
    seconds,
  );
}

/** Beyond the first few hundred webhooks that nobody vouches for: they leave no receipt. */
export function turnAwayStranger(
  deps: TurnAwayDeps,
  turnedAway: TurnedAway,
  judgement: Judgement,
  seconds: number,
): IntakeReply {
  count(deps, turnedAway, 'STRANGER');
  if (judgement.kind === 'REFUSED' && judgement.status !== 401) {
    return errorReply(judgement.status, judgement.problems);
  }
  const message = 'too many webhooks came here that could not be verified';
  return tooFastReply(turnedAway.provider, message, seconds);
}

function count(
  { unkept, metrics, clock }: TurnAwayDeps,
  { provider, source, begunAt }: TurnedAway,
  why: WhyUnkept,
): void {
  unkept.count(source.name, why);
  metrics?.webhookReceived(provider.name, why, elapsedMs(begunAt, clock.monotonic()) / 1000);
}
