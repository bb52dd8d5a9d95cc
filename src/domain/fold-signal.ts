import type { Draft } from './draft.ts';
import type { IncidentState, KeyState, UnmetSignal } from './incident-state.ts';
import { keyId, MAX_EPISODES, MAX_KEPT_TEXT, MAX_UNMET_SIGNALS, UNMET_KEPT_MS } from './incident-state.ts';
import type { FoldContext } from './fold-context.ts';
import { joinSignals } from './join-signals.ts';
import type { IncidentChange, Joining } from './join-signals.ts';
import { joinLate } from './join-late.ts';
import { isSame, meets, placeSignal } from './place-signal.ts';
import type { Signal } from './signal.ts';

export type FoldOutcome =
  | { effect: 'CHANGED' | 'NOTHING_NEW'; incidentId: string }
  /** Kept until a trigger that sorts before it. */
  | { effect: 'UNMET'; incidentId: null }
  | { effect: 'NOTHING_NEW'; incidentId: null };

/** Folds one signal of a source into the incidents of its key, and writes what that changes to the draft. */
export function foldSignal(draft: Draft, arrived: Signal, context: FoldContext): FoldOutcome {
  const held = draft.key(keyId(arrived.key.source, arrived.key.externalKey)) ?? newKey(arrived);
  const { signal, key } = timed(held, arrived, context.receivedAt);
  const current = key.currentIncidentId === null ? null : incidentOf(draft, key.currentIncidentId);
  const placement = placeSignal(key, current, signal, context.reopenWindowMs);
  switch (placement.to) {
    case 'KNOWN':
      return { effect: 'NOTHING_NEW', incidentId: placement.incidentId };
    case 'UNMET':
      draft.keys.set(key.id, keepUnmet(key, { signal, position: placement.position, ...received(context) }));
      return { effect: 'UNMET', incidentId: null };
    case 'LATE': {
      draft.keys.set(key.id, key);
      const change = joinLate(incidentOf(draft, placement.incidentId), signal, context);
      if (change === null) return { effect: 'NOTHING_NEW', incidentId: placement.incidentId };
      writeChange(draft, change);
      return { effect: 'CHANGED', incidentId: placement.incidentId };
    }
    case 'NEW':
    case 'CURRENT': {
      const joining: Joining = { signal, position: placement.position, by: 'SOURCE', ...received(context) };
      const before =
        placement.to === 'CURRENT' && current !== null ? current : newIncident(signal, key.id, context);
      const { joinings, unmet } = withUnmet(before, joining, key.unmet, context.reopenWindowMs);
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

function incidentOf(draft: Draft, id: string): IncidentState {
  const state = draft.incident(id);
  if (state === null) throw new Error(`incident ${id} is named by its key but is not stored`);
  return state;
}

function newKey({ key }: Signal): KeyState {
  const id = keyId(key.source, key.externalKey);
  return { id, version: 0, currentIncidentId: null, episodes: [], unmet: [], newestUntimedAt: null };
}

/** On a reused key every signal has a place in time: one without a time comes after all that came before it. */
function timed(key: KeyState, signal: Signal, receivedAt: Date): { signal: Signal; key: KeyState } {
  if (signal.key.reuse === 'ONCE' || signal.occurredAt !== null) return { signal, key };
  const after = (key.newestUntimedAt?.getTime() ?? Number.NEGATIVE_INFINITY) + 1;
  const occurredAt = new Date(Math.max(receivedAt.getTime(), after));
  return { signal: { ...signal, occurredAt }, key: { ...key, newestUntimedAt: occurredAt } };
}

function keepUnmet(key: KeyState, unmet: UnmetSignal): KeyState {
  const oldest = unmet.receivedAt.getTime() - UNMET_KEPT_MS;
  const kept = key.unmet.filter(({ receivedAt }) => receivedAt.getTime() > oldest);
  return { ...key, unmet: newestThatFit([...kept, unmet].slice(-MAX_UNMET_SIGNALS)) };
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
