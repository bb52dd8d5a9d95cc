import { parseTimestamp } from '../domain/plausible-time.ts';
import type { JsonValue } from '../kernel/canonical-json.ts';

/** A provider's time. One that cannot be read counts as none: it must not cost the incident. */
export function claimedTime(value: JsonValue | undefined, name: string, warnings: string[]): Date | null {
  if (value === undefined || value === null || value === '') return null;
  const time = typeof value === 'string' ? parseTimestamp(value) : null;
  if (time === null) warnings.push(`${name} is not an RFC 3339 time with an offset and is passed over`);
  return time;
}
