import { canonicalJson } from '../kernel/canonical-json.ts';
import type { JsonValue } from '../kernel/canonical-json.ts';
import { canonicalSize, cutEscaped, escapedSize } from './canonical-size.ts';

/** The most that an outgoing body may have. Canonical JSON is ASCII: its length is its size. */
export const MAX_BODY_BYTES = 256 * 1024;

type Data = Readonly<Record<string, JsonValue>>;

export interface OutgoingPayload extends Data {
  data: Data;
}

interface Text {
  /** `entries.2.text`. */
  path: string;
  bytes: number;
}

/** What a cut text keeps at least. Before that is too much for all of them, the ends of lists are dropped. */
const TEXT_FLOOR = 1200;
/** What means nothing in part. All of these are short. */
const UNCUT = new Set([
  'incident_id',
  'severity',
  'status',
  'created_at',
  'url',
  'id',
  'kind',
  'occurred_at',
]);

/**
 * The body of a payload that is too large: the longest texts are cut to one length that makes it fit, and where not even
 * short ones fit, lists lose their ends. `data.truncated` names the texts (`entries.2.text`) and the ends (`entries[120:]`).
 */
export function fitBody(payload: OutgoingPayload, maxBytes: number = MAX_BODY_BYTES): string {
  let data = payload.data;
  const ends = new Map<string, string>();
  for (;;) {
    const whole = { ...payload, data };
    const key = longestList(data);
    const fitted = cutToFit(whole, [...ends.values()], maxBytes, key === null ? 0 : TEXT_FLOOR);
    if (fitted !== null) return fitted;
    // Without lists only what is bounded where it comes in is left.
    if (key === null) return cutTo(whole, [...ends.values()], 0);
    const items = itemsOf(data[key]);
    const kept = countThatFits(whole, key, maxBytes);
    data = { ...data, [key]: items.slice(0, kept) };
    ends.set(key, `${key}[${kept}:]`);
  }
}

/** Null where a text would have to be shorter than `floor`. */
function cutToFit(
  payload: OutgoingPayload,
  ends: readonly string[],
  maxBytes: number,
  floor: number,
): string | null {
  const { data } = payload;
  const base = canonicalSize({ ...payload, data: { ...data, truncated: ends } });
  if (ends.length > 0 && base <= maxBytes) return cutTo(payload, ends, Infinity);
  const texts = textsOf(data, '').sort((a, b) => b.bytes - a.bytes);
  let uncut = texts.reduce((sum, { bytes }) => sum + bytes, 0);
  let room = maxBytes - (base - uncut);
  for (const [index, { path, bytes }] of texts.entries()) {
    uncut -= bytes;
    room -= listedBytes(path);
    const level = Math.floor((room - uncut) / (index + 1));
    if (level >= (texts[index + 1]?.bytes ?? 0)) return level < floor ? null : cutTo(payload, ends, level);
  }
  return null;
}

function cutTo(payload: OutgoingPayload, ends: readonly string[], level: number): string {
  const cut: string[] = [];
  const data = mapTexts(payload.data, '', (text, path) => {
    const kept = cutEscaped(text, level);
    if (kept !== text) cut.push(path);
    return kept;
  }) as Data;
  return canonicalJson({ ...payload, data: { ...data, truncated: [...cut, ...ends] } });
}

/** How many items of the list fit if each long text is cut to the floor; fewer than there are. */
function countThatFits(payload: OutgoingPayload, key: string, maxBytes: number): number {
  const items = itemsOf(payload.data[key]);
  const others = {
    ...payload,
    data: { ...payload.data, [key]: [], truncated: [`${key}[${items.length}:]`] },
  };
  let room = maxBytes - bytesAtFloor(others, '');
  let count = 0;
  for (; count < items.length - 1; count++) {
    room -= bytesAtFloor(items[count] ?? null, `${key}.${count}`) + ', '.length;
    if (room < 0) break;
  }
  return count;
}

function bytesAtFloor(value: JsonValue, path: string): number {
  return textsOf(value, path)
    .filter(({ bytes }) => bytes > TEXT_FLOOR)
    .reduce((sum, text) => sum - text.bytes + TEXT_FLOOR + listedBytes(text.path), canonicalSize(value));
}

function listedBytes(path: string): number {
  return canonicalSize(path) + ', '.length;
}

function longestList(data: Data): string | null {
  let longest: string | null = null;
  let most = 0;
  for (const [key, value] of Object.entries(data)) {
    if (!isList(value) || value.length === 0) continue;
    const bytes = canonicalSize(value);
    if (bytes > most) [longest, most] = [key, bytes];
  }
  return longest;
}

function textsOf(value: JsonValue, path: string): Text[] {
  const texts: Text[] = [];
  mapTexts(value, path, (text, at) => {
    texts.push({ path: at, bytes: escapedSize(text) });
    return text;
  });
  return texts;
}

/** The same value with other texts. */
function mapTexts(value: JsonValue, path: string, change: (text: string, path: string) => string): JsonValue {
  const below = (step: string | number): string => (path === '' ? `${step}` : `${path}.${step}`);
  if (typeof value === 'string') return change(value, path);
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map((item, index) => mapTexts(item, below(index), change));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      UNCUT.has(key) ? inner : mapTexts(inner, below(key), change),
    ]),
  );
}

function itemsOf(value: JsonValue | undefined): readonly JsonValue[] {
  return value !== undefined && isList(value) ? value : [];
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
