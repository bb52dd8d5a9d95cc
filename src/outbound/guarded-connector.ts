import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import type { TargetRule } from '../domain/blocked-address.ts';
import type { ResolveName } from '../kernel/resolve-name.ts';

/** Judges where connections lead to. */
export interface TargetGuard {
  rule: TargetRule;
  resolve: ResolveName;
  /** Told of each connection that was not made, and why. */
  onBlocked(blocked: { endpointId: string; why: string }): void;
}

export interface GuardedConnectorOptions {
  guard: TargetGuard;
  endpointId: string;
  /** Bounds resolving, connecting and the TLS handshake together. */
  timeoutMs: number;
  /** Certificates to trust instead of those that Node does. */
  ca?: string | undefined;
}

/** The target is not to be sent to; nothing was connected to. */
export class BlockedTargetError extends Error {
  override readonly name = 'BlockedTargetError';
}

/**
 * Makes connections for a pool, to allowed addresses only. A name's addresses are judged where they are resolved for
 * connecting, so exactly those are connected to that were judged: an answer that changes from one question to the next
 * changes nothing. Requests on a connection that stands cost nothing.
 */
export function createGuardedConnector(options: GuardedConnectorOptions): buildConnector.connector {
  const { guard, endpointId, timeoutMs, ca } = options;
  const { rule, resolve, onBlocked } = guard;

  const block = (why: string): BlockedTargetError => {
    onBlocked({ endpointId, why });
    return new BlockedTargetError(why);
  };

  const resolveAllowed = async (name: string) => {
    const addresses = await resolve(name);
    for (const { address } of addresses) {
      const why = rule.refusesAddress(address);
      if (why !== null) throw block(why);
    }
    return addresses;
  };

  const lookup: LookupFunction = (name, { all }, answer) => {
    resolveAllowed(name).then(
      (addresses) => {
        const [first] = addresses;
        if (first === undefined) answer(notFound(name), '');
        else if (all === true) answer(null, [...addresses]);
        else answer(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => answer(error, ''),
    );
  };

  const connect = buildConnector({ timeout: timeoutMs, autoSelectFamily: true, lookup, ca });
  return (target, callback) => {
    const { hostname } = target;
    // Nobody looks up what is an address already.
    const why = isIP(hostname) === 0 ? rule.refusesName(hostname) : rule.refusesAddress(hostname);
    if (why === null) connect(target, callback);
    else queueMicrotask(() => callback(block(why), null));
  };
}

function notFound(name: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${name} has no address`), { code: 'ENOTFOUND' });
}
