import type { Refusal } from './submission.ts';

const HOUR_MS = 3_600_000;
const MAX_OVERLAP_HOURS = 30 * 24;

/** Why a rotation cannot have that overlap; null where it can. */
export function refuseOverlap(overlapHours: number): Refusal | null {
  if (overlapHours >= 0 && overlapHours <= MAX_OVERLAP_HOURS) return null;
  const message = `overlapHours must be between 0 and ${MAX_OVERLAP_HOURS} (30 days)`;
  return { code: 'INVALID', message, path: ['input', 'overlapHours'] };
}

/** Until when the secret before the new one stays good. */
export function overlapEnd(overlapHours: number, now: Date): Date {
  return new Date(now.getTime() + overlapHours * HOUR_MS);
}
