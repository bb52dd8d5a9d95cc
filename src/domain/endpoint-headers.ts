import type { EndpointSettings } from './webhook-endpoint.ts';

type Headers = EndpointSettings['headers'];

export type EndpointHeadersReading = { ok: true; value: Headers } | { ok: false; reason: string };

const MAX_HEADERS = 10;
/** Characters of all names and values. */
const MAX_SIZE = 4096;

/** RFC 9110. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/i;
/** Visible ASCII with blanks inside: nothing that could end the line and begin another header. */
const VALUE = /^[!-~](?:[ -~]*[!-~])?$/;
/** What frames the request, what the sender says of it, and what OpsLens says of itself. */
const RESERVED =
  /^(?:host|connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|date|cookie2?|set-cookie2?|user-agent|accept-encoding|http2-settings|(?:content|proxy|webhook|x-webhook|x-opslens)-.*)$/i;
const CREDENTIAL_NAME = /auth|cookie|secret|token|pass|credential|signature|key|session|jwt/i;
const CREDENTIAL_VALUE = /^(?:basic|bearer|digest|token) /i;

/** Reads `{"X-Team": "a"}` or `[{"name": "X-Team", "value": "a"}]`. No reason repeats a value: it may be a credential. */
export function readEndpointHeaders(value: unknown): EndpointHeadersReading {
  const pairs = pairsOf(value);
  if (pairs === null) return refuse('must be names with values, or an array of objects with name and value');
  if (pairs.length > MAX_HEADERS) return refuse(`must be at most ${MAX_HEADERS}`);
  const headers: { name: string; value: string }[] = [];
  const names = new Set<string>();
  let size = 0;
  for (const pair of pairs) {
    const { name } = pair;
    if (typeof name !== 'string' || name.length > MAX_SIZE || !TOKEN.test(name)) {
      return refuse('must have names of ASCII letters, digits and hyphens');
    }
    const shown = name.slice(0, 64);
    if (RESERVED.test(name)) return refuse(`must not include ${shown}, which is not yours to set`);
    if (names.has(name.toLowerCase())) return refuse(`must not include ${shown} twice`);
    if (typeof pair.value !== 'string' || pair.value.length > MAX_SIZE || !VALUE.test(pair.value)) {
      return refuse(`must give ${shown} a value of visible ASCII characters`);
    }
    names.add(name.toLowerCase());
    size += name.length + pair.value.length;
    headers.push({ name, value: pair.value });
  }
  return size > MAX_SIZE
    ? refuse(`must have at most ${MAX_SIZE} characters in all`)
    : { ok: true, value: headers };
}

/** Whether a header is shown by its name alone. */
export function isCredential({ name, value }: Headers[number]): boolean {
  return CREDENTIAL_NAME.test(name) || CREDENTIAL_VALUE.test(value);
}

function pairsOf(value: unknown): { name: unknown; value: unknown }[] | null {
  if (typeof value !== 'object' || value === null) return null;
  if (!Array.isArray(value)) {
    return Object.entries(value).map(([name, text]: [string, unknown]) => ({ name, value: text }));
  }
  return (value as unknown[]).map((item) => ({ name: own(item, 'name'), value: own(item, 'value') }));
}

function own(item: unknown, key: string): unknown {
  if (typeof item !== 'object' || item === null || !Object.hasOwn(item, key)) return undefined;
  return (item as Record<string, unknown>)[key];
}

function refuse(reason: string): EndpointHeadersReading {
  return { ok: false, reason };
}
