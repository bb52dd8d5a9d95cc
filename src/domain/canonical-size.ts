import { canonicalJson } from '../kernel/canonical-json.ts';
import type { JsonValue } from '../kernel/canonical-json.ts';

/** Bytes that the value takes as canonical JSON, without writing it. */
export function canonicalSize(value: JsonValue): number {
  if (typeof value === 'string') return '""'.length + escapedSize(value);
  if (typeof value !== 'object' || value === null) return canonicalJson(value).length;
  const parts: number[] = isList(value)
    ? value.map(canonicalSize)
    : Object.entries(value).map(([key, inner]) => canonicalSize(key) + ': '.length + canonicalSize(inner));
  return parts.reduce((sum, bytes) => sum + bytes, '[]'.length + Math.max(0, parts.length - 1) * ', '.length);
}

/** Bytes that canonical JSON takes for the text between its quotes. */
export function escapedSize(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at++) bytes += unitSize(text.charCodeAt(at));
  return bytes;
}

/** The longest beginning that takes at most so many bytes. Never ends within a surrogate pair. */
export function cutEscaped(text: string, maxBytes: number): string {
  let bytes = 0;
  let at = 0;
  while (at < text.length) {
    const units = (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
    bytes += units === 2 ? 2 * ESCAPE : unitSize(text.charCodeAt(at));
    if (bytes > maxBytes) break;
    at += units;
  }
  return text.slice(0, at);
}

/** `\u2026`; of a pair each half is written so. */
const ESCAPE = 6;
const SHORT_ESCAPES = '"\\\b\f\n\r\t';

function unitSize(unit: number): number {
  if (unit >= 0x7f) return ESCAPE;
  if (unit >= 0x20 && unit !== 0x22 && unit !== 0x5c) return 1;
  return SHORT_ESCAPES.includes(String.fromCharCode(unit)) ? 2 : ESCAPE;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
