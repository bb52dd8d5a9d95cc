import { isListed, parseHost } from './host-rule.ts';
import type { HostName } from './host-rule.ts';

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/**
 * Why a request must not be served by its `Origin`, or null. Programs send none; a browser's page must come from the
 * host it talks to, or from one in `publicHosts` (behind a proxy that writes its own `Host`), or be one of
 * `allowedOrigins`. While no key is asked for, this keeps any web page from driving a developer's server.
 */
export function refuseOrigin(
  { origin, host }: { origin?: string | undefined; host?: string | undefined },
  { publicHosts, allowedOrigins }: { publicHosts: readonly string[]; allowedOrigins: readonly string[] },
): string | null {
  if (origin === undefined || isAllowedOrigin(origin, allowedOrigins)) return null;
  const from = parseOrigin(origin);
  const to = host === undefined ? null : parseHost(host);
  if (from !== null && to !== null && (isSameHost(from, to) || isListed(from, publicHosts))) return null;
  return (
    'This Origin is not served. A page may only call the host it came from, or be named in PUBLIC_HOSTS, or, for ' +
    '/graphql, in ALLOWED_ORIGINS.'
  );
}

/** Browsers write an origin in one way only, which is how the setting is kept. */
export function isAllowedOrigin(origin: string, allowedOrigins: readonly string[]): boolean {
  return allowedOrigins.includes(origin);
}

interface Origin extends HostName {
  defaultPort: string;
}

function parseOrigin(text: string): Origin | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  const defaultPort = url === null ? undefined : DEFAULT_PORTS[url.protocol];
  const host = url === null || defaultPort === undefined ? null : parseHost(url.host);
  return host === null || defaultPort === undefined ? null : { ...host, defaultPort };
}

function isSameHost(from: Origin, to: HostName): boolean {
  return from.name === to.name && (from.port ?? from.defaultPort) === (to.port ?? from.defaultPort);
}
