import type { EndpointHeader, PlainHeader } from './webhook-endpoint.ts';

export type EndpointHeadersReading<Header> =
  { ok: true; value: readonly Header[] } | { ok: false; reason: string };

const MAX_HEADERS = 10;
/** Characters of all names and values. */
const MAX_SIZE = 4096;
/** Of a sealed text. One of `MAX_SIZE` characters has fewer. */
const MAX_SEALED = 8192;

/** RFC 9110. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/i;
/** Visible ASCII with blanks inside: nothing that could end the line and begin another header. */
const VALUE = /^[!-~](?:[ -~]*[!-~])?$/;
/** What frames the request, what the sender says of it, and what OpsLens says of itself. */
const RESERVED =
  /^(?:host|connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|date|cookie2?|set-cookie2?|user-agent|accept-encoding|http2-settings|(?:content|proxy|webhook|x-webhook|x-opslens)-.*)$/i;
const CREDENTIAL_NAME = /auth|cookie|secret|token|pass|credential|signature|key|session|jwt/i;
const CREDENTIAL_VALUE = /^(?:basic|bearer|digest|token) /i;

/**
 * Reads what is given: `{"X-Team": "a"}` or `[{"name": "X-Team", "value": "a"}]`. No reason repeats a value: it may be a
 * credential.
 */
export function readEndpointHeaders(value: unknown): EndpointHeadersReading<PlainHeader> {
  return readHeaders(value, (name, pair) =>
    // As credentials are shown, so what comes of sending back what was read.
    (pair.value ?? null) === null
      ? 'a value: those of credentials are never shown, so give it again, or leave headers out to change none'
      : plainHeader(name, pair),
  );
}

/** Reads what a row holds: sealed headers too, in whose place a person may have written a value. */
export function readStoredHeaders(value: unknown): EndpointHeadersReading<EndpointHeader> {
  return readHeaders<EndpointHeader>(value, (name, pair) => {
    const { sealed } = pair;
    const isWritten = pair.value !== undefined && pair.value !== null;
    if (isWritten || typeof sealed !== 'string' || sealed === '') return plainHeader(name, pair);
    return sealed.length > MAX_SEALED ? 'a shorter sealed value' : { name, sealed };
  });
}

/** `read` gives the header, or what is missing in it. */
function readHeaders<Header extends EndpointHeader>(
  value: unknown,
  read: (name: string, pair: Pair) => Header | string,
): EndpointHeadersReading<Header> {
  const pairs = pairsOf(value);
  if (pairs === null) return refuse('must be names with values, or an array of objects with name and value');
  if (pairs.length > MAX_HEADERS) return refuse(`must be at most ${MAX_HEADERS}`);
  const headers: Header[] = [];
  const names = new Set<string>();
  let size = 0;
  for (const pair of pairs) {
    const { name } = pair;
    if (typeof name !== 'string' || name.length > MAX_SIZE || !TOKEN.test(name)) {
      return refuse('must have names of ASCII letters, digits and hyphens');
    }
    const shown = name.slice(0, 64);
    if (!isOwnHeader({ name })) return refuse(`must not include ${shown}, which is not yours to set`);
    if (names.has(name.toLowerCase())) return refuse(`must not include ${shown} twice`);
    const header = read(name, pair);
    if (typeof header === 'string') return refuse(`must give ${shown} ${header}`);
    names.add(name.toLowerCase());
    size += name.length + ('value' in header ? header.value.length : 0);
    headers.push(header);
  }
  return size > MAX_SIZE
    ? refuse(`must have at most ${MAX_SIZE} characters in all`)
    : { ok: true, value: headers };
}

/** Whether an endpoint's own header may go beside ours. A second value would make ours ambiguous. */
export function isOwnHeader({ name }: { name: string }): boolean {
  return !RESERVED.test(name);
}

function plainHeader(name: string, { value }: Pair): PlainHeader | string {
  return typeof value === 'string' && value.length <= MAX_SIZE && VALUE.test(value)
    ? { name, value }
    : 'a value of visible ASCII characters';
}

/** Whether a header is sealed at rest and shown by its name alone. */
export function isCredential({ name, value }: PlainHeader): boolean {
  return CREDENTIAL_NAME.test(name) || CREDENTIAL_VALUE.test(value);
}

interface Pair {
  name: unknown;
  value: unknown;
  sealed?: unknown;
}

function pairsOf(value: unknown): Pair[] | null {
  if (typeof value !== 'object' || value === null) return null;
  if (!Array.isArray(value)) {
    return Object.entries(value).map(([name, text]: [string, unknown]) => ({ name, value: text }));
  }
  return (value as unknown[]).map((item) => ({
    name: own(item, 'name'),
    value: own(item, 'value'),
    sealed: own(item, 'sealed'),
  }));
}

function own(item: unknown, key: string): unknown {
  if (typeof item !== 'object' || item === null || !Object.hasOwn(item, key)) return undefined;
  return (item as Record<string, unknown>)[key];
}

function refuse(reason: string): { ok: false; reason: string } {
  return { ok: false, reason };
}
