import type { Delivery } from '../../src/domain/delivery.ts';
import type { RecordEntry } from '../../src/outbound/recorder.ts';
import type { DeliveryStore, OpenDelivery } from '../../src/store/delivery-store.ts';

type Row = OpenDelivery;

const isOpen = ({ state }: Row): boolean => state === 'PENDING' || state === 'WAITING';
const bySequence = (a: Row, b: Row): number => a.sequence - b.sequence;

/**
 * The deliveries of one endpoint, read and recorded as the store does it. Each read sees them as they are when it begins,
 * and answers later.
 */
export function createMemoryDeliveries() {
  const rows = new Map<string, Row>();
  let reads = 0;

  const answer = async <T>(value: T): Promise<T> => {
    reads++;
    const copy = structuredClone(value);
    await Promise.resolve();
    return copy;
  };
  const where = (matches: (row: Row) => boolean): Row[] => [...rows.values()].filter(matches);
  const pendingBehind = (cursors: readonly number[], from = 0): Row[] =>
    where(
      ({ state, priority, sequence }) =>
        state === 'PENDING' && priority >= from && sequence > (cursors[priority] ?? -1),
    );
  const laneOf = (incidentId: string, after: number, limit: number): Row[] =>
    where((row) => isOpen(row) && row.incidentId === incidentId && row.sequence > after)
      .sort(bySequence)
      .slice(0, limit);
  const waiting = (matches: (row: Row) => boolean): Row[] =>
    where((row) => row.state === 'WAITING' && matches(row)).sort((a, b) => Number(a.dueAt) - Number(b.dueAt));

  const store: Omit<DeliveryStore, 'record' | 'nextOpenEndpoint' | 'fannedOutBehind'> = {
    pending: (_, cursors, limit) =>
      answer(
        pendingBehind(cursors)
          .sort((a, b) => a.priority - b.priority || bySequence(a, b))
          .slice(0, limit),
      ),
    lowestWorse: (_, cursors, priority) =>
      answer(pendingBehind(cursors, priority + 1).sort(bySequence)[0] ?? null),
    highestPending: (_, priority) =>
      answer(
        Math.max(
          -1,
          ...where((row) => row.state === 'PENDING' && row.priority === priority).map((row) => row.sequence),
        ),
      ),
    due: (_, now, limit) => answer(waiting(({ dueAt }) => dueAt <= now).slice(0, limit)),
    nextDueAt: (_, after) => answer(waiting(({ dueAt }) => dueAt > after)[0]?.dueAt ?? null),
    waitingFrom: (_, from, limit) =>
      answer(
        waiting(({ dueAt }) => dueAt >= from)
          .slice(0, limit)
          .map((row) => ({ ...row, triedAt: null })),
      ),
    lane: ({ incidentId }, after, limit) => answer(laneOf(incidentId, after, limit)),
    laneStarts(_, ids, perLane) {
      const incidents = new Set(ids.map((id) => rows.get(id)?.incidentId ?? ''));
      return answer(new Map([...incidents].map((id) => [id, laneOf(id, -1, perLane)])));
    },
    openIds: (_, limit) =>
      answer(
        where(isOpen)
          .map(({ id }) => id)
          .slice(0, limit),
      ),
  };

  const change = (
    ids: readonly string[],
    matches: (row: Row) => boolean,
    fields: Partial<Delivery>,
  ): void => {
    for (const id of ids) {
      const row = rows.get(id);
      if (row && matches(row)) rows.set(id, { ...row, ...fields });
    }
  };

  return {
    store,
    rows: rows as ReadonlyMap<string, Row>,
    reads: () => reads,
    isOpen,
    insert(row: Row): void {
      rows.set(row.id, row);
    },
    change: (id: string, fields: Partial<Delivery>) => change([id], () => true, fields),

    commit(entries: readonly RecordEntry[]): void {
      for (const { dueNow } of entries)
        if (dueNow) change(dueNow.ids, ({ state }) => state === 'WAITING', { dueAt: dueNow.at });
      for (const { parked } of entries)
        if (parked) change(parked.ids, isOpen, { state: 'WAITING', dueAt: parked.dueAt });
      for (const { superseded } of entries) {
        if (!superseded) continue;
        const { ids, by, supersedes } = superseded;
        const isUntried = (row: Row): boolean => isOpen(row) && row.attemptCount === 0;
        if (!where(isUntried).some(({ id }) => id === by)) continue;
        change([by], isUntried, { supersedes: [...supersedes] });
        change(ids, isUntried, { state: 'SUPERSEDED', supersededBy: by });
      }
      for (const { cancelled } of entries)
        if (cancelled) change(cancelled.ids, isOpen, { state: 'CANCELLED' });
      for (const { attempt } of entries) {
        if (!attempt) continue;
        const { id, attemptCount } = attempt.delivery;
        change([id], (row) => isOpen(row) && row.attemptCount === attemptCount, {
          ...attempt.next,
          attemptCount: attemptCount + 1,
        });
      }
      for (const entry of entries) entry.onRecorded();
    },
  };
}
