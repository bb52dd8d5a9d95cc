/** `OFF`: no keys, but only for this machine's own pages and programs. `REQUIRED`: every caller names a key. */
export type AccessMode = 'OFF' | 'REQUIRED';

export interface AccessSettings {
  auth: 'off' | 'required' | null;
  host: string;
}

/** The warning is to be told at start. */
export function decideAccess({ auth, host }: AccessSettings): { mode: AccessMode; warning: string | null } {
  const loopback = isLoopbackHost(host);
  if (auth === 'off' || (auth === null && loopback)) {
    const warning = loopback
      ? null
      : `AUTH=off while listening on ${host}: whoever reaches this port may do everything. Set API_KEYS and AUTH=required.`;
    return { mode: 'OFF', warning };
  }
  return { mode: 'REQUIRED', warning: null };
}

/** Why a server that requires keys does not start: nobody could ever be let in, nor make a key. To be asked where there is none. */
export function refuseWithoutKeys(host: string): string {
  const loopback = isLoopbackHost(host);
  const reason = loopback ? 'AUTH=required' : `HOST=${host} lets other machines in`;
  return (
    `${reason}, and there is no API key that allows ADMIN. Set API_KEYS to the first one (openssl rand -hex 32 makes it); ` +
    'the mutation createApiKey makes the others, and with an ADMIN key of its making API_KEYS may be left out. ' +
    (loopback
      ? 'Or leave AUTH out: only this machine is served.'
      : 'Or set HOST=127.0.0.1 to serve this machine only, or AUTH=off where something else guards the port.')
  );
}

/** Names and addresses that only this machine reaches. */
export function isLoopbackHost(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return name === 'localhost' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}
