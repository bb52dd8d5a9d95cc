import { isIP } from 'node:net';
import { hostOf } from '../domain/blocked-address.ts';
import type { TargetRule } from '../domain/blocked-address.ts';
import type { Refusal } from '../domain/submission.ts';
import { abortableSleep } from '../kernel/abortable-sleep.ts';
import type { Metrics } from '../kernel/metrics.ts';
import type { ResolveName } from '../kernel/resolve-name.ts';

interface CheckEndpointTargetDeps {
  rule: TargetRule;
  resolve: ResolveName;
  metrics: Pick<Metrics, 'ssrfBlocked'>;
  /** How long a name may take to resolve. */
  timeoutMs?: number;
}

/** Why a url that is usable as such may not be registered; null: it may. */
export type CheckEndpointTarget = (url: string) => Promise<Refusal | null>;

const ALLOW = 'unless OUTBOUND_ALLOW names it';

/**
 * Tells at registration what would be refused at each send. A name that cannot be resolved now is accepted: what it leads
 * to is judged whenever a connection is made.
 */
export function createCheckEndpointTarget(deps: CheckEndpointTargetDeps): CheckEndpointTarget {
  const { rule, resolve, metrics, timeoutMs = 2000 } = deps;

  const refuse = (message: string): Refusal => {
    metrics.ssrfBlocked('registration');
    return { code: 'INVALID', message: `url ${message}`, path: ['input', 'url'] };
  };

  return async (url) => {
    const host = hostOf(new URL(url));
    if (isIP(host) !== 0) {
      const why = rule.refusesAddress(host);
      return why === null ? null : refuse(`names an address (${why}) that is not sent to ${ALLOW}`);
    }
    if (rule.refusesName(host) !== null) {
      return refuse(`names this machine, which is not sent to ${ALLOW} (127.0.0.0/8,::1)`);
    }
    const addresses = await resolveWithin(resolve, host, timeoutMs);
    // Which address it was would tell outsiders how the network inside looks.
    return addresses.every(({ address }) => rule.refusesAddress(address) === null)
      ? null
      : refuse(`leads to an address that is not public and not sent to ${ALLOW}`);
  };
}

/** None where it fails or takes too long. */
async function resolveWithin(resolve: ResolveName, name: string, ms: number): ReturnType<ResolveName> {
  const done = new AbortController();
  const tooLong = abortableSleep(ms, done.signal).then(() => []);
  try {
    return await Promise.race([resolve(name), tooLong]);
  } catch {
    return [];
  } finally {
    done.abort();
  }
}
