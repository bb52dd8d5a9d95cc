import type { IncomingMessage } from 'node:http';
import type { AccessMode } from '../access/access-mode.ts';
import { refuseHost } from '../access/host-rule.ts';
import { refuseOrigin } from '../access/origin-rule.ts';
import { HttpError } from './http-error.ts';

export interface RequestRules {
  mode: AccessMode;
  publicHosts: readonly string[];
}

/** Refuses what a web page may have sent on somebody's behalf. With keys required no page can: it does not know one. */
export function enforceRequestRules(req: IncomingMessage, { mode, publicHosts }: RequestRules): void {
  if (mode === 'REQUIRED') return;
  const { host, origin } = req.headers;
  const byHost = refuseHost(host, publicHosts);
  if (byHost !== null) throw new HttpError(403, { path: 'host', message: byHost });
  const byOrigin = refuseOrigin(origin, host, publicHosts);
  if (byOrigin !== null) throw new HttpError(403, { path: 'origin', message: byOrigin });
}
