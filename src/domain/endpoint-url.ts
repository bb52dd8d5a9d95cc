import { hostOf, isSpecialHost } from './blocked-address.ts';

const MAX_URL_LENGTH = 2048;
const MAX_HOST_LENGTH = 253;
const USUAL_PORTS = new Set(['', '80', '443']);
const FIRST_FREE_PORT = 1024;

/** A url that may be pushed to, or why it may not. Whether its address is allowed is judged elsewhere. */
export type EndpointUrl = { ok: true; url: string } | { ok: false; reason: string };

export function parseEndpointUrl(text: string): EndpointUrl {
  const trimmed = text.trim();
  if (trimmed === '') return refuse('must not be empty');
  if (/\p{Surrogate}/u.test(trimmed)) return refuse('must be well-formed Unicode');
  if (/[\s\p{Cc}]/u.test(trimmed)) return refuse('must not hold blanks or control characters');
  if (trimmed.length > MAX_URL_LENGTH) return refuse(`must be at most ${MAX_URL_LENGTH} characters`);
  const url = URL.canParse(trimmed) ? new URL(trimmed) : null;
  if (url === null) return refuse('is not an absolute url');
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return refuse('must begin with https:// or http://');
  if (url.username !== '' || url.password !== '') return refuse('must not carry a user name or password');
  if (url.hostname === '' || url.hostname.length > MAX_HOST_LENGTH) {
    return refuse(`must name a host of at most ${MAX_HOST_LENGTH} characters`);
  }
  if (!isUsablePort(url.port) && !isSpecialHost(hostOf(url)))
    return refuse(`must have port 443, 80 or one from ${FIRST_FREE_PORT} on`);
  return { ok: true, url: trimmed };
}

/** The rest belongs to other services, which must not be talked into doing things by our posts. */
function isUsablePort(port: string): boolean {
  return USUAL_PORTS.has(port) || Number(port) >= FIRST_FREE_PORT;
}

function refuse(reason: string): EndpointUrl {
  return { ok: false, reason };
}
