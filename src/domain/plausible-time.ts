import { z } from 'zod';

/** Nothing that anyone reports today happened before; `0001-01-01` and 0 are ways to say "no time". */
const EARLIEST = Date.UTC(2000, 0, 1);
/** How far a sender's clock may be ahead of ours. */
const MAX_AHEAD_MS = 60_000;

const rfc3339 = z.iso.datetime({ offset: true });

export interface PlausibleTime {
  /** Null where the sender gave no usable time. */
  occurredAt: Date | null;
  /** What was claimed, where it was replaced. */
  claimedAt: Date | null;
}

/** Before 2000 counts as no time; more than a minute ahead becomes the time of receipt, with the claim kept. */
export function plausibleTime(claimed: Date | null, receivedAt: Date): PlausibleTime {
  if (claimed === null || claimed.getTime() < EARLIEST) return { occurredAt: null, claimedAt: null };
  if (claimed.getTime() > receivedAt.getTime() + MAX_AHEAD_MS) {
    return { occurredAt: receivedAt, claimedAt: claimed };
  }
  return { occurredAt: claimed, claimedAt: null };
}

/** Null unless the text is RFC 3339: without an offset it would mean another time on each server. */
export function parseTimestamp(text: string): Date | null {
  const upper = text.trim().toUpperCase();
  return rfc3339.safeParse(upper).success ? new Date(upper) : null;
}
