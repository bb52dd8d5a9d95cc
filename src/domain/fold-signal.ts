import type { Draft } from './draft.ts';
import type { IncidentState, KeyState, UnmetSignal } from './incident-state.ts';
import { keyId, MAX_EPISODES, MAX_KEPT_TEXT, MAX_UNMET_SIGNALS, UNMET_KEPT_MS } from './incident-state.ts';
import type { FoldContext } from './fold-context.ts';
import { joinSignals } from './join-signals.ts';
import type { IncidentChange, Joining } from './join-signals.ts';
import { joinLate } from './join-late.ts';
import { isSame, meets, placeSignal } from './place-signal.ts';
import type { Signal } from './signal.ts';
import { timed } from './timed.ts';

export type FoldOutcome =
  | { effect: 'CHANGED' | 'NOTHING_NEW'; incidentId: string }
  /** Kept until a trigger that sorts before it. */
  | { effect: 'UNMET'; incidentId: null }
  | { effect: 'NOTHING_NEW'; incidentId: null };

/** Folds one signal of a source into the incidents of its key, and writes what that changes to the draft. */
export function foldSignal(draft: Draft, arrived: Signal, context: FoldContext): FoldOutcome {
  const id = keyId(arrived.key.source, arrived.key.externalKey);
  const held = withoutExpired(draft.key(id) ?? newKey(id), context.now);
  const current = held.currentIncidentId === null ? null : incidentOf(draft, held.currentIncidentId);
  const { signal, key } = timed(held, current, arrived, context);
  const { reopenWindowMs, rerun, receivedAt } = context;
  const asOf = rerun === undefined ? null : receivedAt;
  const placement = placeSignal(key, current, signal, { reopenWindowMs, asOf });
  switch (placement.to) {
    case 'KNOWN':
      return { effect: 'NOTHING_NEW', incidentId: placement.incidentId };
    case 'UNMET':
      draft.keys.set(key.id, keepUnmet(key, { signal, position: placement.position, ...kept(context) }));
      return { effect: 'UNMET', incidentId: null };
    case 'LATE': {
      draft.keys.set(key.id, key);
      const late = { signal, position: placement.position };
      const change = joinLate(incidentOf(draft, placement.incidentId), late, context);
      if (change === null) return { effect: 'NOTHING_NEW', incidentId: placement.incidentId };
      writeChange(draft, change);
      return { effect: 'CHANGED', incidentId: placement.incidentId };
    }
    case 'NEW':
    case 'CURRENT': {
      const joining: Joining = { signal, position: placement.position, by: 'SOURCE', ...received(context) };
      const before =
        placement.to === 'CURRENT' && current !== null ? current : newIncident(signal, key.id, context);
      const { joinings, unmet } = withUnmet(before, joining, key.unmet, reopenWindowMs);
      const change = joinSignals(before, joinings, { eventId: context.nextId(), now: context.now });
      writeChange(draft, change);
      draft.keys.set(key.id, movedOn({ ...key, unmet }, current, change.state));
      const effect = change.event === null ? 'NOTHING_NEW' : 'CHANGED';
      return { effect, incidentId: change.state.incident.id };
    }
  }
}

export function writeChange(draft: Draft, { state, put, removed, event }: IncidentChange): void {
  draft.incidents.set(state.incident.id, state);
  for (const entry of put) draft.entries.set(entry.id, entry);
  for (const id of removed) draft.entries.set(id, null);
  if (event !== null) draft.events.push(event);
}

function received({ receivedAt, receiptId }: FoldContext): { receivedAt: Date; receiptId: string | null } {
  return { receivedAt, receiptId };
}

/** How long a signal is kept counts from now, however long ago it came. */
function kept(context: FoldContext): Omit<UnmetSignal, 'signal' | 'position'> {
  return { ...received(context), ...(context.rerun !== undefined && { keptSince: context.now }) };
}

function incidentOf(draft: Draft, id: string): IncidentState {
  const state = draft.incident(id);
  if (state === null) throw new Error(`incident ${id} is named by its key but is not stored`);
  return state;
}

function newKey(id: string): KeyState {
  return { id, version: 0, currentIncidentId: null, episodes: [], unmet: [], newestUntimedAt: null };
}

function keepUnmet(key: KeyState, unmet: UnmetSignal): KeyState {
  return { ...key, unmet: newestThatFit([...key.unmet, unmet].slice(-MAX_UNMET_SIGNALS)) };
}

/** A stray of last month must not resolve what is triggered today. */
function withoutExpired(key: KeyState, now: Date): KeyState {
  const oldest = now.getTime() - UNMET_KEPT_MS;
  const unmet = key.unmet.filter(({ keptSince, receivedAt }) => (keptSince ?? receivedAt).getTime() > oldest);
  return unmet.length === key.unmet.length ? key : { ...key, unmet };
}

function newestThatFit(unmet: readonly UnmetSignal[]): UnmetSignal[] {
  let left = MAX_KEPT_TEXT;
  const first = unmet.findLastIndex(({ signal: { text, fields } }) => {
    left -= (text?.length ?? 0) + (fields.title?.length ?? 0) + (fields.description?.length ?? 0);
    return left < 0;
  });
  return unmet.slice(first + 1);
}

/** An incident as it is before its first signal. */
function newIncident(signal: Signal, key: string, { receivedAt, now, nextId }: FoldContext): IncidentState {
  const at = signal.occurredAt ?? receivedAt;
  return {
    version: 0,
    incident: {
      id: nextId(),
      keySource: signal.key.source,
      externalKey: signal.key.synthetic ? null : signal.key.externalKey,
      title: '',
      description: '',
      severity: 'MEDIUM',
      service: null,
      url: null,
      source: signal.key.source,
      status: 'OPEN',
      createdAt: now,
      openedAt: at,
      acknowledgedAt: null,
      resolvedAt: null,
      updatedAt: now,
      triggerCount: 0,
      lastSeenAt: receivedAt,
    },
    fold: {
      key,
      reuse: signal.key.reuse,
      signals: [],
      base: null,
      repeats: [],
      told: [],
      sourceFields: {},
      personFields: {},
      seq: 0,
      recordedAt: now,
    },
  };
}

/** The signal, and those kept ones that it makes meet the incident. */
function withUnmet(
  before: IncidentState,
  first: Joining,
  unmet: readonly UnmetSignal[],
  reopenWindowMs: number,
): { joinings: Joining[]; unmet: UnmetSignal[] } {
  let joinings = [first];
  // After a person's reopening one of them may be sent again and join before the kept one does.
  let kept = unmet.filter((one) => !isSame(one, first));
  while (kept.length > 0) {
    const { state } = joinSignals(before, joinings, { eventId: '', now: first.receivedAt });
    const next = kept.find(({ position }) => meets(state, position, reopenWindowMs));
    if (next === undefined) break;
    joinings = [...joinings, { ...next, by: 'SOURCE' }];
    kept = kept.filter((candidate) => candidate !== next);
  }
  return { joinings, unmet: kept };
}

/** Makes the incident the key's newest; the one before it becomes an earlier episode. */
function movedOn(key: KeyState, before: IncidentState | null, after: IncidentState): KeyState {
  const { id } = after.incident;
  if (before === null || before.incident.id === id) return { ...key, currentIncidentId: id };
  const { openedAt, resolvedAt } = before.incident;
  const over = { incidentId: before.incident.id, openedAt, resolvedAt: resolvedAt ?? openedAt };
  return { ...key, currentIncidentId: id, episodes: [...key.episodes, over].slice(-MAX_EPISODES) };
}
