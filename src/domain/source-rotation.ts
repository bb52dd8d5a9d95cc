import { overlapEnd } from './rotation-overlap.ts';
import type { SealedSecret, StoredSource } from './source.ts';
import type { Refusal } from './submission.ts';

/** Beside the current one. More than these and nobody knows any longer which sender still uses which. */
const MAX_PREVIOUS = 2;

/**
 * The secrets of a source once it has another current one. The one before it is good for the overlap; what ended earlier is
 * forgotten. A third previous one is refused, since dropping one that is still good would cut off whoever sends with it.
 */
export function rotateSecret(
  { secrets: [current, ...previous] }: Pick<StoredSource, 'secrets'>,
  secret: SealedSecret,
  { overlapHours, now }: { overlapHours: number; now: Date },
): SealedSecret[] | Refusal {
  const good = previous.filter(({ until }) => until !== null && until > now);
  if (current === undefined) return [secret];
  if (overlapHours > 0 && good.length >= MAX_PREVIOUS) {
    const ids = good.map(({ id }) => id).join(' and ');
    const message =
      `the previous secrets ${ids} are still good, and there can be no third one: retire one of them first, ` +
      'or rotate with overlapHours 0';
    return { code: 'CONFLICT', message, path: ['input', 'id'] };
  }
  const until = overlapEnd(overlapHours, now);
  return [secret, { ...current, until }, ...good];
}

/** The secrets of a source once a previous one has ended. It stays in sight until the next rotation. */
export function retireSecret(
  { secrets }: Pick<StoredSource, 'secrets'>,
  secretId: string,
  now: Date,
): SealedSecret[] | Refusal {
  const path = ['input', 'secretId'];
  const retired = secrets.find(({ id }) => id === secretId);
  if (retired === undefined) {
    const message = `the source has no secret ${secretId.slice(0, 128)}`;
    return { code: 'NOT_FOUND', message, path };
  }
  if (retired.until === null) {
    const message = `${secretId} is the current secret: rotate it, with overlapHours 0 to end it at once`;
    return { code: 'CONFLICT', message, path };
  }
  return secrets.map((secret) =>
    secret === retired && retired.until !== null && retired.until > now ? { ...secret, until: now } : secret,
  );
}
