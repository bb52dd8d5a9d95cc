import type { EventType } from '../../src/domain/event.ts';
import type { IncidentStatus } from '../../src/domain/incident.ts';

/** A webhook that was answered 2xx, and what it has to have brought about. */
export interface AcceptedWebhook {
  idempotencyKey: string;
  /** From the answer. */
  receiptId: string;
  incidentId: string;
  /** The event that it stands for; webhooks of one incident are listed in the order in which they were accepted. */
  event: { type: EventType; status: IncidentStatus };
}

export interface StoredReceipt {
  id: string;
  /** The `Idempotency-Key`. */
  deliveryId: string | null;
  outcome: string;
}

export interface StoredEvent {
  id: string;
  sequence: number;
  type: EventType;
  incidentId: string;
  status: IncidentStatus;
}

/** A webhook that the endpoint got. Pushes are listed in the order of arrival, repetitions included. */
export interface ReceivedPush {
  eventId: string;
  sequence: number;
  incidentId: string;
  isSigned: boolean;
}

export interface Observed {
  accepted: readonly AcceptedWebhook[];
  receipts: readonly StoredReceipt[];
  incidentIds: readonly string[];
  events: readonly StoredEvent[];
  pushes: readonly ReceivedPush[];
}

export type LossKind =
  | 'RECEIPT_MISSING'
  | 'APPLIED_TWICE'
  | 'INCIDENT_MISSING'
  | 'EVENTS_DIFFER'
  | 'SEQUENCE_GAP'
  | 'SEQUENCE_TWICE'
  | 'PUSH_MISSING'
  | 'PUSH_UNKNOWN'
  | 'PUSH_UNSIGNED'
  | 'PUSH_OUT_OF_ORDER';

/** A promise that was broken, and on what. */
export interface Loss {
  kind: LossKind;
  /** An idempotency key, incident id, event id or sequence. */
  on: string;
}

/** Compares what was promised with what is there. Nothing found: nothing lost, doubled, unsigned or out of order. */
export function findLosses(observed: Observed): Loss[] {
  return [
    ...receiptLosses(observed),
    ...incidentLosses(observed),
    ...sequenceLosses(observed),
    ...pushLosses(observed),
  ];
}

function receiptLosses({ accepted, receipts }: Observed): Loss[] {
  const applied = receipts.filter(({ outcome }) => outcome === 'APPLIED');
  const byKey = groupBy(applied, ({ deliveryId }) => deliveryId ?? '');
  return accepted.flatMap(({ idempotencyKey: on, receiptId }): Loss[] => {
    const found = byKey.get(on) ?? [];
    if (!found.some(({ id }) => id === receiptId)) return [{ kind: 'RECEIPT_MISSING', on }];
    return found.length > 1 ? [{ kind: 'APPLIED_TWICE', on }] : [];
  });
}

function incidentLosses({ accepted, incidentIds, events }: Observed): Loss[] {
  const known = new Set(incidentIds);
  const eventsOf = groupBy(events, ({ incidentId }) => incidentId);
  return [...groupBy(accepted, ({ incidentId }) => incidentId)].flatMap(([on, webhooks]): Loss[] => {
    if (!known.has(on)) return [{ kind: 'INCIDENT_MISSING', on }];
    const has = (eventsOf.get(on) ?? []).toSorted((a, b) => a.sequence - b.sequence).map(describe);
    const wants = webhooks.map(({ event }) => describe(event));
    return has.join() === wants.join() ? [] : [{ kind: 'EVENTS_DIFFER', on }];
  });
}

function sequenceLosses({ events }: Observed): Loss[] {
  const losses: Loss[] = [];
  let expected = 1;
  for (const sequence of events.map((event) => event.sequence).toSorted((a, b) => a - b)) {
    if (sequence < expected) losses.push({ kind: 'SEQUENCE_TWICE', on: `${sequence}` });
    for (; expected < sequence; expected += 1) losses.push({ kind: 'SEQUENCE_GAP', on: `${expected}` });
    expected = sequence + 1;
  }
  return losses;
}

function pushLosses({ events, pushes }: Observed): Loss[] {
  const signedOf = groupBy(
    pushes.filter(({ isSigned }) => isSigned),
    ({ eventId }) => eventId,
  );
  const missing = events.filter(({ id }) => !signedOf.has(id));
  const known = new Map(events.map((event) => [event.id, event]));
  const losses: Loss[] = missing.map(({ id }) => ({ kind: 'PUSH_MISSING', on: id }));
  const newest = new Map<string, number>();
  const seen = new Set<string>();
  for (const { eventId: on, sequence, incidentId, isSigned } of pushes) {
    const event = known.get(on);
    if (event?.sequence !== sequence || event.incidentId !== incidentId)
      losses.push({ kind: 'PUSH_UNKNOWN', on });
    if (!isSigned) losses.push({ kind: 'PUSH_UNSIGNED', on });
    if (seen.has(on)) continue;
    seen.add(on);
    const before = newest.get(incidentId) ?? 0;
    if (sequence < before) losses.push({ kind: 'PUSH_OUT_OF_ORDER', on });
    newest.set(incidentId, Math.max(before, sequence));
  }
  return losses;
}

function describe({ type, status }: { type: string; status: string }): string {
  return `${type}:${status}`;
}

/** Node 20 has no `Map.groupBy`. */
function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
