import type { JsonValue } from '../kernel/canonical-json.ts';
import type { VerifiedRequest } from './intake.ts';
import { jsonExcess } from './json-excess.ts';
import type { JsonLimits } from './json-excess.ts';
import type { ParsedBody } from './provider.ts';

export const DEFAULT_JSON_LIMITS: JsonLimits = { depth: 64, keys: 10_000 };

/** Any content type: what counts is what the bytes say. A leading BOM, which was verified with them, is passed over. */
export function parseJsonBody(
  { body }: Pick<VerifiedRequest, 'body'>,
  limits = DEFAULT_JSON_LIMITS,
): ParsedBody {
  const text = decodeUtf8(body);
  return text === null ? unreadable('the body is not valid UTF-8') : parseJsonText(text, limits);
}

export function decodeUtf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

export function parseJsonText(text: string, limits: JsonLimits): ParsedBody {
  if (text.trim() === '') return unreadable('the body is empty');
  const excess = jsonExcess(text, limits);
  if (excess !== null) return unreadable(excess);
  try {
    return { readable: true, payload: JSON.parse(text) as JsonValue };
  } catch (error) {
    return unreadable(`the body is not JSON: ${syntaxError(text, error)}`);
  }
}

function unreadable(message: string): ParsedBody {
  return { readable: false, problem: { path: '', message } };
}

/** The parser's own words, with line and column where it names a position. */
function syntaxError(text: string, error: unknown): string {
  if (text.includes('\0')) return 'it holds NUL characters, as UTF-16 has them; send it as UTF-8';
  const message = error instanceof Error ? error.message : String(error);
  const named = / at position (\d+)/.exec(message)?.[1];
  const position = named === undefined && message.includes('end of JSON input') ? text.length : Number(named);
  if (!Number.isSafeInteger(position)) return message;
  return `${message.replace(/ at position \d+.*/s, '')} at position ${position} (${placeOf(text, position)})`;
}

function placeOf(text: string, position: number): string {
  let line = 1;
  let lineStart = 0;
  for (let end = text.indexOf('\n'); end !== -1 && end < position; end = text.indexOf('\n', end + 1)) {
    line += 1;
    lineStart = end + 1;
  }
  return `line ${line} column ${position - lineStart + 1}`;
}
