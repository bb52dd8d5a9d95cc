import { appendEvent } from './incident-event.ts';
import type { FoldContext } from './fold-context.ts';
import type { IncidentState } from './incident-state.ts';
import { hasJoined } from './place-signal.ts';
import type { Position } from './position.ts';
import { toldMark, withTold } from './told.ts';
import type { IncidentChange } from './join-signals.ts';
import type { Signal } from './signal.ts';
import type { TimelineEntry } from './timeline-entry.ts';

/** Shows a signal of a time that is over: it never opens, reopens or resolves. Null where it was shown before. */
export function joinLate(
  state: IncidentState,
  { signal, position }: { signal: Signal; position: Position },
  { receivedAt, now, receiptId, nextId }: FoldContext,
): IncidentChange | null {
  const { told, signals, repeats } = state.fold;
  if (hasJoined([...signals, ...repeats], { signal, position }) || told.includes(toldMark(signal)))
    return null;
  const occurredAt = signal.occurredAt ?? receivedAt;
  const entry: TimelineEntry = {
    id: signal.id,
    incidentId: state.incident.id,
    kind: 'LATE',
    text: signal.text ?? signal.fields.title ?? '',
    occurredAt,
    recordedAt: now,
    actor: signal.actor,
    receiptId,
    data: JSON.stringify({ signal: signal.kind.toLowerCase() }),
  };
  const noted = { ...state, fold: withTold(state.fold, signal) };
  const { id, kind, text } = entry;
  const details = { entries: [{ id, kind, text, occurredAt }] };
  const appended = appendEvent(noted, { id: nextId(), type: 'TIMELINE_UPDATED', occurredAt, details }, now);
  return { ...appended, put: [entry], removed: [] };
}
