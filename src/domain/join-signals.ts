import { appendEvent, changesBetween } from './incident-event.ts';
import type { EventInput } from './incident-event.ts';
import type { UnnumberedEvent } from './event.ts';
import type { Incident, IncidentFields } from './incident.ts';
import type { FoldState, IncidentState, ReplayState, StatusSignal } from './incident-state.ts';
import type { Position } from './position.ts';
import { effectiveFields, writeRegisters } from './registers.ts';
import { replay } from './replay.ts';
import type { Replay } from './replay.ts';
import type { Signal, StatusSignalKind } from './signal.ts';
import { compactSignals, insertStatusSignal, settleRepeats } from './status-signals.ts';
import { withTold } from './told.ts';
import type { TimelineEntry, TimelineEntryKind } from './timeline-entry.ts';

/** A signal on its way into an incident that it belongs to. */
export interface Joining {
  signal: Signal;
  position: Position;
  /** The source's own word, or a person's. */
  by: 'SOURCE' | 'PERSON';
  receivedAt: Date;
  receiptId: string | null;
  /** Set where the signal joined before, and other fields are read from it now: they alone are taken. */
  isReread?: true;
}

/** What one change of an incident writes. */
export interface IncidentChange {
  state: IncidentState;
  put: TimelineEntry[];
  /** Ids of entries that the replay no longer makes. */
  removed: string[];
  event: UnnumberedEvent | null;
}

const FIELD_DEFAULTS: Omit<IncidentFields, 'source'> = {
  title: 'Untitled incident',
  description: '',
  severity: 'MEDIUM',
  service: null,
  url: null,
};

/** Takes signals into an incident, in any order, and tells what that changed. One change, one event. */
export function joinSignals(
  before: IncidentState,
  joinings: readonly Joining[],
  { eventId, now }: { eventId: string; now: Date },
): IncidentChange {
  const recordedAt = now > before.fold.recordedAt ? now : before.fold.recordedAt;
  const old = replay(before.fold);
  const taken = joinings.reduce((incident, joining) => take(incident, joining, recordedAt), before);
  const replayed = replay(taken.fold);
  const state: IncidentState = {
    ...taken,
    fold: compactSignals(settleRepeats(taken.fold, replayed)),
    incident: { ...taken.incident, ...foldedFields(taken.fold, replayed.state, before.incident) },
  };
  const { put, removed } = entryChanges(before.incident.id, old, taken.fold, replayed);
  for (const joining of joinings) {
    if (isTold(joining)) put.push(toldEntry(before.incident.id, joining, recordedAt));
  }
  const input = eventOf(before, state, put, joinings, eventId);
  if (input === null) return { state, put, removed, event: null };
  return { ...appendEvent(state, input, now), put, removed };
}

function isTold({ signal, isReread }: Joining): boolean {
  return isReread !== true && (signal.kind === 'NOTE' || signal.kind === 'UPDATE');
}

function take(state: IncidentState, joining: Joining, recordedAt: Date): IncidentState {
  const { signal, position, by, receivedAt, isReread = false } = joining;
  const { incident } = state;
  const register = by === 'SOURCE' ? 'sourceFields' : 'personFields';
  const written = writeRegisters(state.fold[register], signal.fields, position, isReread);
  const fold = { ...state.fold, [register]: written };
  if (isReread) return { ...state, fold };
  const { kind } = signal;
  return {
    ...state,
    incident: {
      ...incident,
      triggerCount: incident.triggerCount + (kind === 'TRIGGER' ? 1 : 0),
      lastSeenAt: by === 'SOURCE' && receivedAt > incident.lastSeenAt ? receivedAt : incident.lastSeenAt,
    },
    fold:
      kind === 'NOTE' || kind === 'UPDATE'
        ? withTold(fold, signal)
        : insertStatusSignal(fold, toStatusSignal(joining, kind, recordedAt)),
  };
}

function toStatusSignal(
  { signal, position, receivedAt, receiptId }: Joining,
  kind: StatusSignalKind,
  recordedAt: Date,
): StatusSignal {
  return {
    id: signal.id,
    kind,
    position,
    shownAt: signal.occurredAt ?? receivedAt,
    claimedAt: signal.claimedAt,
    recordedAt,
    actor: signal.actor,
    text: signal.text ?? (kind === 'TRIGGER' ? (signal.fields.title ?? null) : null),
    receiptId,
  };
}

function foldedFields(
  fold: FoldState,
  { status, openedAt, acknowledgedAt, resolvedAt, lastReopen }: ReplayState,
  before: Incident,
): Partial<Incident> {
  return {
    ...effectiveFields(fold.sourceFields, fold.personFields, lastReopen, {
      ...FIELD_DEFAULTS,
      source: before.keySource,
    }),
    status: status ?? before.status,
    openedAt: openedAt ?? before.openedAt,
    acknowledgedAt,
    resolvedAt,
  };
}

/** Status entries follow from the replay, so that the timeline is the same for every order of arrival. */
function entryChanges(
  incidentId: string,
  old: Replay,
  fold: FoldState,
  { effects }: Replay,
): { put: TimelineEntry[]; removed: string[] } {
  const put = [...fold.signals, ...fold.repeats].flatMap((signal) => {
    const kind = effects.get(signal.id);
    return kind === undefined || kind === old.effects.get(signal.id)
      ? []
      : [statusEntry(incidentId, signal, kind)];
  });
  return { put, removed: [...old.effects.keys()].filter((id) => !effects.has(id)) };
}

function statusEntry(incidentId: string, signal: StatusSignal, kind: TimelineEntryKind): TimelineEntry {
  const { id, shownAt, recordedAt, actor, receiptId, text, claimedAt } = signal;
  const data = claimedAt === null ? null : JSON.stringify({ claimed_at: claimedAt.toISOString() });
  return { id, incidentId, kind, text: text ?? '', occurredAt: shownAt, recordedAt, actor, receiptId, data };
}

function toldEntry(
  incidentId: string,
  { signal, receivedAt, receiptId }: Joining,
  recordedAt: Date,
): TimelineEntry {
  return {
    id: signal.id,
    incidentId,
    kind: signal.kind === 'NOTE' ? 'NOTE' : 'UPDATED',
    text: signal.text ?? '',
    occurredAt: signal.occurredAt ?? receivedAt,
    recordedAt,
    actor: signal.actor,
    receiptId,
    data: signal.kind === 'UPDATE' ? JSON.stringify(signal.fields) : null,
  };
}

function eventOf(
  before: IncidentState,
  after: IncidentState,
  put: readonly TimelineEntry[],
  joinings: readonly Joining[],
  id: string,
): EventInput | null {
  if (before.fold.seq === 0) {
    return { id, type: 'INCIDENT_CREATED', occurredAt: after.incident.openedAt, details: {} };
  }
  const first = joinings[0];
  const occurredAt = first?.signal.occurredAt ?? first?.receivedAt ?? after.fold.recordedAt;
  const changes = changesBetween(before.incident, after.incident);
  if (changes.length > 0) return { id, type: 'INCIDENT_UPDATED', occurredAt, details: { changes } };
  if (put.length === 0) return null;
  const entries = put.map((entry) => ({
    id: entry.id,
    kind: entry.kind,
    text: entry.text,
    occurredAt: entry.occurredAt,
  }));
  return { id, type: 'TIMELINE_UPDATED', occurredAt, details: { entries } };
}
