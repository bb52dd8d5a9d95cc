import { StateNotLoadedError } from '../domain/draft.ts';
import type { DeploymentState, Found, KnownReceipt, StateKind, StateView, Wanted } from '../domain/draft.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { IncidentState, KeyState } from '../domain/incident-state.ts';
import type { Readings } from '../domain/readings.ts';
import type { TimelineEntry } from '../domain/timeline-entry.ts';

export interface LoadedStates extends StateView {
  /** Takes in what was found; the rest of what was asked for does not exist. */
  add(asked: readonly Wanted[], found: readonly Found[]): void;
  has(wanted: Wanted): boolean;
  /** What the loaded documents point to and is not loaded yet. */
  pointedTo(): Wanted[];
}

type Slot<T> = Map<string, T | null>;

/** The states that one batch reads. Asking for one that was not loaded throws `StateNotLoadedError`. */
export function createLoadedStates(): LoadedStates {
  const key: Slot<KeyState> = new Map();
  const incident: Slot<IncidentState> = new Map();
  const deployment: Slot<DeploymentState> = new Map();
  const naturalKey: Slot<DeploymentState> = new Map();
  const dedupKey: Slot<KnownReceipt> = new Map();
  const readings: Slot<Readings> = new Map();
  const entry: Slot<TimelineEntry> = new Map();
  const evidence: Slot<Evidence> = new Map();
  const slots = { key, incident, deployment, naturalKey, dedupKey, readings, entry, evidence };

  const read = <T>(kind: StateKind, slot: Slot<T>, id: string): T | null => {
    const state = slot.get(id);
    if (state === undefined) throw new StateNotLoadedError(kind, id);
    return state;
  };

  return {
    add(asked, found) {
      for (const { kind, id } of asked) if (!slots[kind].has(id)) slots[kind].set(id, null);
      for (const one of found) {
        if (one.kind === 'key') key.set(one.state.id, one.state);
        else if (one.kind === 'incident') incident.set(one.state.incident.id, one.state);
        else if (one.kind === 'dedupKey') dedupKey.set(one.dedupKey, one.state);
        else if (one.kind === 'readings') readings.set(one.receiptId, one.state);
        else if (one.kind === 'entry') entry.set(one.state.id, one.state);
        else if (one.kind === 'evidence') evidence.set(one.state.id, one.state);
        else {
          deployment.set(one.state.deployment.id, one.state);
          naturalKey.set(one.state.deployment.naturalKey, one.state);
        }
      }
    },
    has: ({ kind, id }) => slots[kind].has(id),
    pointedTo() {
      const wanted: Wanted[] = [];
      for (const state of key.values()) {
        if (state?.currentIncidentId != null) wanted.push({ kind: 'incident', id: state.currentIncidentId });
      }
      for (const state of incident.values())
        if (state !== null) wanted.push({ kind: 'key', id: state.fold.key });
      for (const state of readings.values())
        for (const id of state?.incidentIds ?? []) wanted.push({ kind: 'incident', id });
      return wanted.filter(({ kind, id }) => !slots[kind].has(id));
    },
    key: (id) => read('key', key, id),
    incident: (id) => read('incident', incident, id),
    deployment: (id) => read('deployment', deployment, id),
    deploymentByNaturalKey: (id) => read('naturalKey', naturalKey, id),
    receiptByDedupKey: (id) => read('dedupKey', dedupKey, id),
    readings: (id) => read('readings', readings, id),
    entry: (id) => read('entry', entry, id),
    evidenceById: (id) => read('evidence', evidence, id),
  };
}
