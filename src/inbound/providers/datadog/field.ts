import type { JsonValue } from '../../../kernel/canonical-json.ts';
import { at, textAt } from '../../json-reading.ts';

/** A variable that Datadog did not know, or `$TAGS[service]` without such a tag. */
const UNRENDERED = /^\$[A-Z][A-Z0-9_]*(?:\[[^\]]*\])?$/;
const NOTHING = new Set(['null', 'none']);

/**
 * What a field of the template came to, null where its variable came to nothing. People leave quotes out, so a number
 * counts as its digits.
 */
export function datadogField(payload: JsonValue, name: string): string | null {
  const value = at(payload, name);
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  const text = textAt(value)?.trim() ?? null;
  return text === null || UNRENDERED.test(text) || NOTHING.has(text.toLowerCase()) ? null : text;
}

/** A number of more digits than can be told apart: Datadog's ids are such, where the template has no quotes. */
export function isRounded(payload: JsonValue, name: string): boolean {
  const value = at(payload, name);
  return typeof value === 'number' && !Number.isSafeInteger(value);
}
