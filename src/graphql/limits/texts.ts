import { z } from 'zod';

/** Half a character would become something else on its way through UTF-8. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

function wellFormed(text: string): string {
  return text.replace(LONE_SURROGATE, '\ufffd');
}

/** From 1 to `max` characters, blanks around it not counted. */
export function shortText(max: number) {
  const message = `must have 1 to ${max.toLocaleString('en')} characters`;
  return z.string(message).trim().min(1, message).max(max, message).transform(wellFormed);
}

export const titleText = shortText(1_000);

const MAX_LONG_TEXT = 65_536;

export const longText = z
  .string()
  .max(MAX_LONG_TEXT, 'must have at most 65,536 characters')
  .transform(wellFormed);

export const webAddress = z
  .string()
  .max(2_048, 'must have at most 2,048 characters')
  .refine(isWebAddress, 'must be an http or https address');

/** Absent and null mean the same: null. */
export function optional<T extends z.ZodType>(type: T) {
  return type.nullish().transform((value) => value ?? null);
}

function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol } = new URL(text);
  return protocol === 'http:' || protocol === 'https:';
}
