/** Bytes that canonical JSON takes for the text, without its quotes. */
export function escapedLength(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at++) bytes += unitLength(text.charCodeAt(at));
  return bytes;
}

/** The longest beginning that takes at most so many bytes. Never ends within a surrogate pair. */
export function cutEscaped(text: string, maxBytes: number): string {
  let bytes = 0;
  let at = 0;
  while (at < text.length) {
    const units = (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
    bytes += units === 2 ? 2 * ESCAPE : unitLength(text.charCodeAt(at));
    if (bytes > maxBytes) break;
    at += units;
  }
  return text.slice(0, at);
}

/** `\u2026`; of a pair each half is written so. */
const ESCAPE = 6;
const SHORT_ESCAPES = new Set([...'"\\\b\f\n\r\t'].map((char) => char.charCodeAt(0)));

function unitLength(unit: number): number {
  if (SHORT_ESCAPES.has(unit)) return 2;
  return unit >= 0x20 && unit < 0x7f ? 1 : ESCAPE;
}
