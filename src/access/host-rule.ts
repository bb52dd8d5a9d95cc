/** A host as a `Host` header, an `Origin` or a setting names it: lower-case, the port null where none is written. */
export interface HostName {
  name: string;
  port: string | null;
}

const HOST_FORM = /^([a-z0-9_.-]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?$/;
const LOCAL_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Null where the text is no host. A point at the end says the same name. */
export function parseHost(text: string): HostName | null {
  const match = HOST_FORM.exec(text.toLowerCase());
  const name = match?.[1]?.replace(/\.$/, '');
  return name === undefined || name === '' ? null : { name, port: match?.[2] ?? null };
}

/**
 * Why a request must not be served by its `Host`, or null. It keeps away web pages whose name was made to point at
 * this machine (DNS rebinding), so it holds only while no key is asked for.
 */
export function refuseHost(host: string | undefined, publicHosts: readonly string[]): string | null {
  const parsed = host === undefined ? null : parseHost(host);
  if (parsed === null) return 'A Host header is needed.';
  if (LOCAL_NAMES.has(parsed.name) || isListed(parsed, publicHosts)) return null;
  return `Host ${parsed.name} is not served. To serve it, add it to PUBLIC_HOSTS.`;
}

/** An entry without a port stands for all ports. */
export function isListed(host: HostName, publicHosts: readonly string[]): boolean {
  return publicHosts.some((entry) => {
    const listed = parseHost(entry);
    return listed?.name === host.name && (listed.port === null || listed.port === host.port);
  });
}
