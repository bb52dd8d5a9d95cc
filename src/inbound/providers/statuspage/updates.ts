import type { SignalKind } from '../../../domain/signal.ts';
import type { JsonValue } from '../../../kernel/canonical-json.ts';
import { assertNever } from '../../../kernel/assert-never.ts';
import { boundedId } from '../../bounded-id.ts';
import { claimedTime } from '../../claimed-time.ts';
import { at, listAt, textAt } from '../../json-reading.ts';
import { quoted } from '../../limited-text.ts';
import { phaseOf } from './statuses.ts';
import type { UpdatePhase } from './statuses.ts';

/** One update of an incident, with what it means after those before it. */
export interface StatuspageUpdate {
  kinds: readonly SignalKind[];
  phase: Exclude<UpdatePhase, 'MAINTENANCE'>;
  at: Date | null;
  /** The same in every webhook that repeats it. */
  eventId: string;
  status: string;
  body: string | null;
}

/** An incident with more than these is not told whole again with each of them. */
const MAX_UPDATES = 100;

/**
 * The updates of an incident, oldest first. Each webhook brings them all, so that none is lost with the webhook that brought
 * it first; the fold knows those that it has.
 */
export function readUpdates(incident: JsonValue, warnings: string[]): StatuspageUpdate[] {
  const updates: StatuspageUpdate[] = [];
  const newestFirst = listAt(incident, 'incident_updates').slice(0, MAX_UPDATES);
  let isOver = false;
  for (const update of newestFirst.toReversed()) {
    const status = textAt(update, 'status') ?? '';
    const phase = phaseOf(status);
    if (phase === null || phase === 'MAINTENANCE') {
      warnings.push(`an update of status ${quoted(status)} is passed over`);
      continue;
    }
    updates.push({
      kinds: kindsOf(phase, { isFirst: updates.length === 0, isOver }),
      phase,
      at: claimedTime(at(update, 'created_at'), 'created_at of an update', warnings),
      eventId: boundedId(textAt(update, 'id') ?? `${status} ${textAt(update, 'created_at') ?? ''}`),
      status,
      body: textAt(update, 'body'),
    });
    if (phase !== 'AFTERWARDS') isOver = phase === 'RESOLVED';
  }
  return updates;
}

function kindsOf(
  phase: StatuspageUpdate['phase'],
  { isFirst, isOver }: { isFirst: boolean; isOver: boolean },
): SignalKind[] {
  if (isFirst) return phase === 'RESOLVED' ? ['TRIGGER', 'RESOLVE'] : ['TRIGGER'];
  switch (phase) {
    case 'OPEN':
      return isOver ? ['REOPEN'] : ['NOTE'];
    case 'RESOLVED':
      return isOver ? ['NOTE'] : ['RESOLVE'];
    case 'AFTERWARDS':
      return ['NOTE'];
    default:
      return assertNever(phase);
  }
}
