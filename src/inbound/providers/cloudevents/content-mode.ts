import type { JsonValue } from '../../../kernel/canonical-json.ts';
import type { VerifiedRequest } from '../../intake.ts';
import { at } from '../../json-reading.ts';
import { decodeUtf8, parseJsonBody } from '../../parse-json.ts';
import type { ParsedBody } from '../../provider.ts';

type Headers = Readonly<Record<string, string>>;

/** How the events stand in a request; `UNKNOWN_FORMAT` for events that are not written as JSON. */
export type ContentMode = 'STRUCTURED' | 'BATCH' | 'BINARY' | 'UNKNOWN_FORMAT' | 'NONE';

/** What every event has. One of these headers is enough to know a sender that means the binary mode. */
export const REQUIRED_ATTRIBUTES = ['specversion', 'id', 'source', 'type'] as const;

/** The content type decides, then the headers, and last the body itself: proxies rewrite the content type. */
export function contentMode(headers: Headers, payload: JsonValue): ContentMode {
  const type = mediaType(headers);
  if (type.startsWith('application/cloudevents-batch'))
    return type.endsWith('+json') ? 'BATCH' : 'UNKNOWN_FORMAT';
  if (type.startsWith('application/cloudevents')) {
    return type.endsWith('json') ? 'STRUCTURED' : 'UNKNOWN_FORMAT';
  }
  if (isBinary(headers)) return 'BINARY';
  if (at(payload, 'specversion') !== null) return 'STRUCTURED';
  return at(payload, 0, 'specversion') === null ? 'NONE' : 'BATCH';
}

/** In the binary mode the body is the data, of any type; without a body there is none. */
export function parseCloudevents(request: VerifiedRequest): ParsedBody {
  const { headers, body } = request;
  const mode = contentMode(headers, null);
  if (mode === 'UNKNOWN_FORMAT') return { readable: true, payload: null };
  if (mode === 'BINARY' && body.length === 0) return { readable: true, payload: null };
  if (mode === 'BINARY' && !/(^$|[/+]json$)/.test(mediaType(headers))) {
    return { readable: true, payload: decodeUtf8(body) };
  }
  return parseJsonBody(request);
}

function isBinary(headers: Headers): boolean {
  return REQUIRED_ATTRIBUTES.some((name) => headers[`ce-${name}`] !== undefined);
}

function mediaType(headers: Headers): string {
  return (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}
