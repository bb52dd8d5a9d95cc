import type { IncomingMessage } from 'node:http';
import type { AccessMode } from '../access/access-mode.ts';
import { refuseHost } from '../access/host-rule.ts';
import { refuseOrigin } from '../access/origin-rule.ts';
import { HttpError } from './http-error.ts';

export interface RequestRules {
  mode: AccessMode;
  publicHosts: readonly string[];
  /** Of pages elsewhere that may call the API. */
  allowedOrigins: readonly string[];
}

/**
 * Refuses what a web page may have sent on somebody's behalf. With keys required it could do no harm without one; the
 * API refuses strange pages all the same, as far as browsers say where a request comes from.
 */
export function enforceRequestRules(
  req: IncomingMessage,
  { mode, publicHosts, allowedOrigins }: RequestRules,
  forApi: boolean,
): void {
  const { host, origin } = req.headers;
  const byHost = mode === 'OFF' ? refuseHost(host, publicHosts) : null;
  if (byHost !== null) throw refusal('host', byHost, forApi);
  if (mode === 'REQUIRED' && !forApi) return;
  const allowed = { publicHosts, allowedOrigins: forApi ? allowedOrigins : [] };
  const byOrigin = refuseOrigin({ origin, host }, allowed);
  if (byOrigin !== null) throw refusal('origin', byOrigin, forApi);
}

function refusal(path: string, message: string, forApi: boolean): HttpError {
  return new HttpError(403, { path, message, ...(forApi && { extensions: { code: 'FORBIDDEN' } }) });
}
