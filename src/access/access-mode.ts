/** `OFF`: no keys, but only for this machine's own pages and programs. `REQUIRED`: every caller names a key. */
export type AccessMode = 'OFF' | 'REQUIRED';

/** A warning is told at start; a refusal is the sentence with which the server does not start. */
export type AccessDecision =
  { ok: true; mode: AccessMode; warning: string | null } | { ok: false; refusal: string };

export interface AccessSettings {
  auth: 'off' | 'required' | null;
  host: string;
  apiKeyCount: number;
}

export function decideAccess({ auth, host, apiKeyCount }: AccessSettings): AccessDecision {
  const loopback = isLoopbackHost(host);
  if (auth === 'off' || (auth === null && loopback)) {
    const warning = loopback
      ? null
      : `AUTH=off while listening on ${host}: whoever reaches this port may do everything. Set API_KEYS and AUTH=required.`;
    return { ok: true, mode: 'OFF', warning };
  }
  if (apiKeyCount > 0) return { ok: true, mode: 'REQUIRED', warning: null };
  const reason = loopback ? 'AUTH=required' : `HOST=${host} lets other machines in`;
  return {
    ok: false,
    refusal:
      `${reason}, and there is no API key. Set API_KEYS (openssl rand -hex 32 makes one), ` +
      (loopback
        ? 'or leave AUTH out: only this machine is served.'
        : 'or HOST=127.0.0.1 to serve this machine only, or AUTH=off where something else guards the port.'),
  };
}

/** Names and addresses that only this machine reaches. */
export function isLoopbackHost(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return name === 'localhost' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}
