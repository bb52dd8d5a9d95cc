import { toWellFormed } from '../domain/well-formed.ts';

/** UTF-16 units. */
const TEXT_LIMITS = {
  title: 1000,
  description: 65_536,
  text: 65_536,
  service: 200,
  environment: 200,
  source: 200,
  actor: 200,
  url: 2048,
} as const;

export type LimitedField = keyof typeof TEXT_LIMITS;

/** The text as it is stored: well-formed, and cut where it is too long, with a warning. */
export function limitText(text: string, field: LimitedField, warnings: string[]): string {
  const limit = TEXT_LIMITS[field];
  if (text.length <= limit) return toWellFormed(text);
  warnings.push(`${field} is cut to ${limit} characters (it had ${text.length})`);
  // Not through the middle of a pair.
  const end = /[\ud800-\udbff]/.test(text.charAt(limit - 1)) ? limit - 1 : limit;
  return toWellFormed(text.slice(0, end));
}

/** Only what a browser may be sent to: no `javascript:`, no relative paths. Anything else is left out with a warning. */
export function limitUrl(url: string, warnings: string[]): string | null {
  const text = url.trim();
  const usable = text.length <= TEXT_LIMITS.url && /^https?:\/\//i.test(text) && URL.canParse(text);
  if (usable) return toWellFormed(text);
  warnings.push('url is left out: it is not an http or https URL of at most 2048 characters');
  return null;
}

/** A foreign word as it may stand in a message. */
export function quoted(word: string): string {
  return `"${toWellFormed(word.length > 100 ? `${word.slice(0, 100)}…` : word)}"`;
}
