import type { JsonValue } from '../kernel/canonical-json.ts';
import type { VerifiedRequest } from './intake.ts';
import type { ParsedBody } from './provider.ts';

export interface JsonLimits {
  depth: number;
  /** Keys of all objects together. */
  keys: number;
}

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
  let payload: JsonValue;
  try {
    payload = JSON.parse(text) as JsonValue;
  } catch (error) {
    return unreadable(`the body is not JSON: ${syntaxError(text, error)}`);
  }
  const excess = excessOf(payload, limits);
  return excess === null ? { readable: true, payload } : unreadable(excess);
}

function unreadable(message: string): ParsedBody {
  return { readable: false, problem: { path: '', message } };
}

/** The parser's own words, with line and column where it names a position. */
function syntaxError(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const named = / at position (\d+)/.exec(message)?.[1];
  const position = named === undefined && message.includes('end of JSON input') ? text.length : Number(named);
  if (!Number.isSafeInteger(position)) return message;
  const lines = text.slice(0, position).split('\n');
  const place = `line ${lines.length} column ${(lines.at(-1)?.length ?? 0) + 1}`;
  return `${message.replace(/ at position \d+.*/s, '')} at position ${position} (${place})`;
}

function excessOf(payload: JsonValue, limits: JsonLimits): string | null {
  let keys = 0;
  const within = (value: JsonValue, depth: number): string | null => {
    if (typeof value !== 'object' || value === null) return null;
    if (depth === limits.depth) return `the body is nested deeper than ${limits.depth} levels`;
    const children: readonly JsonValue[] = Array.isArray(value) ? value : Object.values(value);
    if (!Array.isArray(value)) keys += children.length;
    if (keys > limits.keys) return `the body has more than ${limits.keys} keys`;
    for (const child of children) {
      const excess = within(child, depth + 1);
      if (excess !== null) return excess;
    }
    return null;
  };
  return within(payload, 0);
}
