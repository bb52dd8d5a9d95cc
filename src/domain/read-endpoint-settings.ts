import { readEndpointHeaders, readStoredHeaders } from './endpoint-headers.ts';
import { SEVERITIES } from './incident.ts';
import { readFlag } from './read-flag.ts';
import { MAX_IN_FLIGHT, NO_SETTINGS } from './webhook-endpoint.ts';
import type { EndpointSettings, GivenSettings } from './webhook-endpoint.ts';
import { toWellFormed } from './well-formed.ts';

type Setting = keyof EndpointSettings;
type Reading<T> = { ok: true; value: T } | { ok: false; reason: string };

/** What is said of settings, by whoever says it. Undefined is not spoken of, null removes. */
export type SettingsInput = Partial<Record<Setting, unknown>>;

const COLUMNS = {
  headers: 'headers',
  ratePerSecond: 'rate_per_second',
  maxInFlight: 'max_in_flight',
  minSeverity: 'min_severity',
  sources: 'sources',
  services: 'services',
  publicKeySignature: 'public_key_signature',
} as const satisfies Record<Setting, string>;
const SETTINGS = Object.keys(COLUMNS) as Setting[];

const READERS: { [S in Setting]: (value: unknown) => Reading<GivenSettings[S]> } = {
  headers: readEndpointHeaders,
  ratePerSecond: readRate,
  maxInFlight: readInFlight,
  minSeverity: readSeverity,
  sources: readNames,
  services: readNames,
  publicKeySignature: readWish,
};

const MAX_RATE = 1000;
const MIN_RATE = 0.1;
const MAX_NAMES = 100;
const MAX_NAME_LENGTH = 200;

/** The settings that a row holds, and what is wrong with them. */
export function readEndpointSettings(columns: SettingsInput): {
  settings: EndpointSettings;
  reasons: string[];
} {
  const { headers, ...others } = columns;
  const stored = readStoredHeaders(headers ?? NO_SETTINGS.headers);
  const { settings, refused } = checkEndpointSettings(others);
  const reasons = refused.map(({ setting, reason }) => `${COLUMNS[setting]} ${reason}`);
  if (stored.ok) return { settings: { ...NO_SETTINGS, ...settings, headers: stored.value }, reasons };
  return { settings: { ...NO_SETTINGS, ...settings }, reasons: [`headers ${stored.reason}`, ...reasons] };
}

/** Those that are spoken of and usable, and why the others are not. */
export function checkEndpointSettings(input: SettingsInput): {
  settings: Partial<GivenSettings>;
  refused: { setting: Setting; reason: string }[];
} {
  const settings: { -readonly [S in Setting]?: GivenSettings[S] } = {};
  const refused: { setting: Setting; reason: string }[] = [];
  const read = <S extends Setting>(setting: S): void => {
    const value = input[setting];
    if (value === undefined) return;
    if (value === null) {
      settings[setting] = NO_SETTINGS[setting];
      return;
    }
    const reading = READERS[setting](value);
    if (reading.ok) settings[setting] = reading.value;
    else refused.push({ setting, reason: reading.reason });
  };
  for (const setting of SETTINGS) read(setting);
  return { settings, refused };
}

function readRate(value: unknown): Reading<number> {
  if (typeof value === 'number' && value >= MIN_RATE && value <= MAX_RATE) return { ok: true, value };
  return { ok: false, reason: `must be a number from ${MIN_RATE} to ${MAX_RATE}` };
}

function readInFlight(value: unknown): Reading<number> {
  if (Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MAX_IN_FLIGHT) {
    return { ok: true, value: value as number };
  }
  return { ok: false, reason: `must be a whole number from 1 to ${MAX_IN_FLIGHT}` };
}

function readSeverity(value: unknown): Reading<EndpointSettings['minSeverity']> {
  const word = typeof value === 'string' ? value.trim().toUpperCase() : null;
  const severity = SEVERITIES.find((known) => known === word);
  return severity === undefined
    ? { ok: false, reason: `must be one of ${SEVERITIES.join(', ').toLowerCase()}` }
    : { ok: true, value: severity };
}

/** An array or `"a,b"`. A list that means to name something and names nothing is refused: it would let everything pass. */
function readNames(value: unknown): Reading<readonly string[]> {
  const items = typeof value === 'string' ? namesIn(value) : value;
  if (!Array.isArray(items))
    return { ok: false, reason: 'must be names, separated by commas or as an array' };
  if (items.length > MAX_NAMES) return TOO_MANY_NAMES;
  const names = new Set<string>();
  for (const item of items as unknown[]) {
    const name = typeof item === 'string' ? toWellFormed(item.trim()) : '';
    if (name === '' || name.length > MAX_NAME_LENGTH) {
      return { ok: false, reason: `must hold names of 1 to ${MAX_NAME_LENGTH} characters only` };
    }
    names.add(name);
  }
  return { ok: true, value: [...names] };
}

/** Commas too many do no harm in a text. */
function namesIn(text: string): string[] {
  if (text.trim() === '') return [];
  const items = text.split(',');
  const names = items.filter((name) => name.trim() !== '');
  return names.length > 0 ? names : items;
}

function readWish(value: unknown): Reading<boolean> {
  const flag = readFlag(value);
  return flag === null ? { ok: false, reason: 'must be true or false' } : { ok: true, value: flag };
}

const TOO_MANY_NAMES = { ok: false, reason: `must be at most ${MAX_NAMES} names` } as const;
