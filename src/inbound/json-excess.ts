export interface JsonLimits {
  depth: number;
  /** Keys of all objects together. */
  keys: number;
}

/**
 * So many values for each key allowed. Lists have no keys, and 25 MB of empty objects in one take the parser five seconds
 * and half a gigabyte; this many take it a tenth of a second at most.
 */
const VALUES_PER_KEY = 10;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

/**
 * What a JSON text has too much of; null where it may be parsed. Counts characters outside strings, so that nothing is
 * built of what is refused. A key that stands twice counts twice, an empty list or object as two values.
 */
export function jsonExcess(text: string, { depth: maxDepth, keys: maxKeys }: JsonLimits): string | null {
  const maxValues = maxKeys * VALUES_PER_KEY;
  let depth = 0;
  let keys = 0;
  let values = 0;
  for (let index = 0; index < text.length; index += 1) {
    switch (text.charCodeAt(index)) {
      case QUOTE:
        index = endOfString(text, index);
        break;
      case COLON:
        keys += 1;
        if (keys > maxKeys) return `the body has more than ${maxKeys} keys`;
        break;
      case COMMA:
        values += 1;
        if (values > maxValues) return `the body has more than ${maxValues} values`;
        break;
      case OPENING_BRACKET:
      case OPENING_BRACE:
        depth += 1;
        values += 1;
        if (depth > maxDepth) return `the body is nested deeper than ${maxDepth} levels`;
        break;
      case CLOSING_BRACKET:
      case CLOSING_BRACE:
        depth -= 1;
        break;
      default:
    }
  }
  return null;
}

/** Where the string that opens at `start` closes; the end of the text where it does not. */
function endOfString(text: string, start: number): number {
  let end = start;
  for (;;) {
    end = text.indexOf('"', end + 1);
    if (end === -1) return text.length;
    let before = end - 1;
    while (text.charCodeAt(before) === BACKSLASH) before -= 1;
    // Behind an odd number of backslashes it is part of the string.
    if ((end - before) % 2 === 1) return end;
  }
}
