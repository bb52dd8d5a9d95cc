import { createHash } from 'node:crypto';
import type { JsonValue } from '../kernel/canonical-json.ts';
import { boundedId } from './bounded-id.ts';
import type { SignalDraft } from './create-signal.ts';
import { at, isObject, textAt } from './json-reading.ts';

/**
 * The incident that an alert belongs to: its labels' fingerprint, and the start of its firing. The group that it came
 * in says nothing: one alert can come in several. Null where an alert says neither fingerprint nor labels.
 */
export function alertKey(
  alert: JsonValue,
  { startsAt, scope }: { startsAt: Date | null; scope: string | null },
): SignalDraft['key'] | null {
  const fingerprint = textAt(alert, 'fingerprint') ?? fingerprintOf(at(alert, 'labels'));
  if (fingerprint === null) return null;
  const parts = [scope, fingerprint, startsAt?.toISOString() ?? null].filter((part) => part !== null);
  return {
    externalKey: boundedId(parts.join('/')),
    // Without its start an alert does not say which of its firings it speaks of.
    reuse: startsAt === null ? 'EPISODES' : 'ONCE',
    synthetic: false,
  };
}

/** For senders that give none: versions of Alertmanager before 0.19, and bodies of people's own. */
function fingerprintOf(labels: JsonValue): string | null {
  if (!isObject(labels)) return null;
  const pairs = Object.entries(labels).filter(([, value]) => typeof value === 'string');
  if (pairs.length === 0) return null;
  const sorted = pairs.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `labels:${createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 32)}`;
}
