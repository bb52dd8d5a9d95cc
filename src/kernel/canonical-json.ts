/** What JSON can say. A bigint is written with all its digits. */
export type JsonValue =
  null | boolean | number | bigint | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

type Step = string | number;
/** The way to the value in hand: one step for each level above it. What lies deeper is left over from elsewhere. */
type Trail = Step[];

/** The value holds something that has no JSON text, or none that Python would read back. Asking again will not help. */
export class CanonicalJsonError extends Error {
  override readonly name = 'CanonicalJsonError';
  /** Keys and indexes from the root to the offending value. */
  readonly path: readonly Step[];

  constructor(path: readonly Step[], reason: string) {
    super(`${pathText(path)}: ${reason}`);
    this.path = path;
  }
}

const MAX_DEPTH = 64;
/** CPython refuses to read or write longer integers. */
const MAX_INTEGER_DIGITS = 4300;

/** Characters that stand for themselves between quotes: printable ASCII but `"` and `\`. */
const NEEDS_ESCAPE = /[^ !#-[\]-~]/;
/** What `JSON.stringify` leaves raw and Python escapes, DEL included. */
const RAW_BEYOND_ASCII = /[\u007f-\uffff]/g;
/** Only from U+D800 on does the order of UTF-16 units differ from that of code points. */
const FROM_SURROGATES = /[\ud800-\uffff]/;
/** The place of the zero in `1e-07`. */
const LONE_EXPONENT_DIGIT = /(?<=e[+-])(?=\d$)/;
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/**
 * Byte for byte what CPython's `json.dumps(value, sort_keys=True)` gives, so that a receiver who parses and dumps
 * again gets the bytes that were signed. A number cannot tell 1.0 from 1: safe integers are written as integers.
 */
export function canonicalJson(value: JsonValue): string {
  return write(value, [], 0);
}

function write(value: unknown, trail: Trail, depth: number): string {
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'number':
      if (Number.isSafeInteger(value)) return `${value}`; // -0 gives 0
      if (!Number.isFinite(value)) return refuse(trail, depth, `${value} is not JSON`);
      return floatText(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'bigint':
      return integerText(value, trail, depth);
    case 'object':
      if (value === null) return 'null';
      if (depth === MAX_DEPTH) return refuse(trail, depth, `nested deeper than ${MAX_DEPTH} levels`);
      if (Array.isArray(value)) return writeArray(value, trail, depth);
      if (isPlain(value)) return writeObject(value, trail, depth);
      return refuse(trail, depth, `${Object.prototype.toString.call(value)} is not JSON`);
    default:
      return refuse(trail, depth, `${typeof value} is not JSON`);
  }
}

function writeArray(items: readonly unknown[], trail: Trail, depth: number): string {
  if (items.length === 0) return '[]';
  let text = '[';
  for (let index = 0; index < items.length; index++) {
    trail[depth] = index;
    if (index > 0) text += ', ';
    text += write(items[index], trail, depth + 1);
  }
  return text + ']';
}

function writeObject(object: Readonly<Record<string, unknown>>, trail: Trail, depth: number): string {
  const keys = sortedKeys(object);
  if (keys.length === 0) return '{}';
  let text = '{';
  let separator = '';
  for (const key of keys) {
    trail[depth] = key;
    text += separator + quote(key) + ': ' + write(object[key], trail, depth + 1);
    separator = ', ';
  }
  return text + '}';
}

/** An object with a class has a meaning that its fields do not tell: a Date, a Map, an id of the database. */
function isPlain(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function quote(text: string): string {
  if (!NEEDS_ESCAPE.test(text)) return `"${text}"`;
  return JSON.stringify(text).replace(RAW_BEYOND_ASCII, unicodeEscape);
}

function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function sortedKeys(object: object): string[] {
  const keys = Object.keys(object);
  let sorted = true;
  let beyond = false;
  let previous = '';
  for (const key of keys) {
    if (key < previous) sorted = false;
    if (FROM_SURROGATES.test(key)) beyond = true;
    previous = key;
  }
  if (beyond) return keys.sort(byCodePoint);
  return sorted ? keys : keys.sort();
}

/** Steps by whole code points, so that a pair is never compared with half of another. */
function byCodePoint(a: string, b: string): number {
  let at = 0;
  while (at < a.length && at < b.length) {
    const left = a.codePointAt(at) ?? 0;
    const right = b.codePointAt(at) ?? 0;
    if (left !== right) return left - right;
    at += left > 0xffff ? 2 : 1;
  }
  return a.length - b.length;
}

/** JavaScript and Python choose the same digits, but another span for the fixed form and other exponents. */
function floatText(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e-4 && size < 1e16) return Number.isInteger(value) ? `${value}.0` : `${value}`;
  return value.toExponential().replace(LONE_EXPONENT_DIGIT, '0');
}

function integerText(value: bigint, trail: Trail, depth: number): string {
  const text = `${value}`;
  const digits = value < 0n ? text.length - 1 : text.length;
  if (digits > MAX_INTEGER_DIGITS) {
    return refuse(trail, depth, `integer of more than ${MAX_INTEGER_DIGITS} digits`);
  }
  return text;
}

function refuse(trail: Trail, depth: number, reason: string): never {
  throw new CanonicalJsonError(trail.slice(0, depth), reason);
}

/** As one would write it in JavaScript, from the root `$`. */
function pathText(path: readonly Step[]): string {
  const steps = path.map((step) =>
    typeof step === 'string' && IDENTIFIER.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`,
  );
  return `$${steps.join('')}`;
}
