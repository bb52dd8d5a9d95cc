import { once } from 'node:events';
import type { Server } from 'node:http';

/** The port cannot be listened on; the message says what to change. */
export class PortUnusableError extends Error {
  override readonly name = 'PortUnusableError';
}

/** The port that was bound. */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  try {
    server.listen(port, host.replace(/^\[(.*)\]$/, '$1'));
    await once(server, 'listening');
  } catch (cause) {
    throw new PortUnusableError(explain(cause, host, port), { cause });
  }
  const address = server.address();
  return address !== null && typeof address === 'object' ? address.port : port;
}

function explain(cause: unknown, host: string, port: number): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'EADDRINUSE')
    return `Port ${port} on ${host} is in use. Stop what uses it, or set PORT to another.`;
  if (code === 'EACCES') return `Port ${port} may not be used by this user. Set PORT to one above 1023.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `This machine has no address ${host}. Check HOST.`;
  return `Listening on ${host}, port ${port}, failed: ${String(cause)}`;
}
