import type { JsonValue } from '../kernel/canonical-json.ts';
import { claimedTime } from './claimed-time.ts';

/** Whatever is smaller than a unit's number counts in the one before it: as milliseconds it would be a time before 1974. */
const UNITS: readonly { below: number; toMs: (count: number) => number }[] = [
  { below: 1e11, toMs: (seconds) => seconds * 1000 },
  { below: 1e14, toMs: (ms) => ms },
  { below: 1e17, toMs: (us) => Math.floor(us / 1e3) },
  { below: 1e20, toMs: (ns) => Math.round(ns / 1e6) },
];

/**
 * A time that counts from 1970, as number or digits; its size says in which unit. Nanoseconds come rounded out of
 * JSON, up or down: the nearest millisecond is theirs. RFC 3339 is read too. One that cannot be read counts as none.
 */
export function epochTime(value: JsonValue | undefined, name: string, warnings: string[]): Date | null {
  const count = typeof value === 'string' && /^\d{1,19}$/.test(value.trim()) ? Number(value) : value;
  if (typeof count !== 'number') return claimedTime(count, name, warnings);
  if (count === 0) return null;
  const unit = UNITS.find(({ below }) => count < below);
  if (unit !== undefined && count > 0) return new Date(unit.toMs(count));
  warnings.push(`${name} is not a time since 1970 and is passed over`);
  return null;
}
