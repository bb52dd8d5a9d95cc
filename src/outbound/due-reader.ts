import type { DeliveryStore, OpenDelivery, WaitingDelivery } from '../store/delivery-store.ts';
import type { LaneCollapser } from './lane-collapser.ts';
import type { Lane, LaneWindow } from './lane-window.ts';
import type { OwnedSlot } from './owned-slot.ts';
import type { Recorder } from './recorder.ts';

interface DueReaderDeps {
  endpointId: string;
  slot: OwnedSlot;
  window: LaneWindow;
  collapser: Pick<LaneCollapser, 'enter'>;
  deliveries: Pick<DeliveryStore, 'due' | 'nextDueAt' | 'lane'>;
  recorder: Pick<Recorder, 'add'>;
}

export type DueReader = ReturnType<typeof createDueReader>;

/** More than a window holds, so that what is in memory can never fill a page. */
const DUE_PAGE = 300;
/** What is left of the window is for what was not sent yet, which may be more urgent than all that waited. */
const MAX_DUE_ROWS = 150;
const PER_LANE = 25;
const PUT_OFF_MS = 30_000;
const LOOK_AGAIN_MS = 1000;

/** Brings lanes back into the window when the deliveries that they wait for are due. */
export function createDueReader({
  endpointId,
  slot,
  window,
  collapser,
  deliveries,
  recorder,
}: DueReaderDeps) {
  /** Undefined until it was looked up. */
  let nextDueAt: number | null | undefined;
  /** Whether any delivery may be waiting. What a person has sent again waits too, and is heard of later. */
  let mayWait = true;
  /** Raised by each delivery that waits or will: an answer of the store may lack it. */
  let news = 0;
  let looks = 0;
  let parking = 0;

  const hasRoom = (): boolean => window.hasRoom() && window.size() < MAX_DUE_ROWS;

  const waits = (dueAt: Date): void => {
    news++;
    mayWait = true;
    if (nextDueAt !== undefined) nextDueAt = Math.min(nextDueAt ?? Infinity, dueAt.getTime());
  };

  const park = (ids: readonly string[], dueAt: Date): void => {
    if (ids.length === 0) return;
    parking++;
    recorder.add({
      slot,
      parked: { ids, dueAt },
      onRecorded() {
        parking--;
        waits(dueAt);
      },
    });
  };

  const enterLane = async (incidentId: string, met: readonly WaitingDelivery[], now: Date): Promise<void> => {
    const rows = await deliveries.lane({ endpointId, incidentId }, -1, PER_LANE);
    const head = rows[0];
    if (head === undefined || window.lanes.has(incidentId)) return;
    if (isAsleep(head, now)) {
      // They were put behind a head that has failed again since.
      const behind = met.filter((row) => row.id !== head.id);
      park(
        behind.map((row) => row.id),
        head.dueAt,
      );
    } else {
      collapser.enter(incidentId, rows, rows.length === PER_LANE);
    }
  };

  /** A person may have a delivery sent again in whose place its lane, which is in memory, has passed already. */
  const meet = async (lane: Lane, met: readonly WaitingDelivery[]): Promise<void> => {
    for (const { id, incidentId, sequence } of met) {
      if (sequence > lane.last && !lane.hasMore) window.expectMore(lane);
      if (!window.isStray(lane, { id, sequence })) continue;
      const [row] = await deliveries.lane({ endpointId, incidentId }, sequence - 1, 1);
      if (row?.id !== id || window.lanes.get(incidentId) !== lane || !window.isStray(lane, row)) continue;
      window.interject(lane, row);
    }
  };

  /** Due deliveries of lanes in memory are led by them; in the store they only stand in front of other lanes. */
  const putOff = (page: readonly WaitingDelivery[], now: Date): void => {
    const led = page.filter((row) => row.sequence > (window.lanes.get(row.incidentId)?.last ?? Infinity));
    park(
      led.map((row) => row.id),
      new Date(now.getTime() + PUT_OFF_MS),
    );
  };

  /** Whether all lanes of the page are in memory now or wait for longer. */
  const enterLanes = async (page: readonly WaitingDelivery[], now: Date): Promise<boolean> => {
    let isComplete = page.length < DUE_PAGE;
    let isBarren = true;
    for (const [incidentId, met] of byLane(page)) {
      const lane = window.lanes.get(incidentId);
      if (lane !== undefined) {
        await meet(lane, met);
        continue;
      }
      if (window.isForgotten(incidentId) || !hasRoom()) {
        isComplete = false;
        continue;
      }
      isBarren = false;
      await enterLane(incidentId, met, now);
    }
    if (!isComplete && isBarren && hasRoom()) putOff(page, now);
    return isComplete;
  };

  return {
    /** Makes deliveries wait behind another of their lane. */
    park,
    /** Some delivery waits until then, as the store knows. */
    waits,
    /** Some delivery will be recorded as waiting: no read that is in progress may conclude that none does. */
    expectWaiting(): void {
      news++;
      mayWait = true;
    },
    mayWait: () => mayWait,
    isDue: (now: Date) =>
      parking === 0 &&
      hasRoom() &&
      (nextDueAt === undefined || (nextDueAt !== null && nextDueAt <= now.getTime())),

    lookAnew(): void {
      looks++;
      nextDueAt = undefined;
    },

    async read(now: Date): Promise<void> {
      const before = { news, looks };
      const page = await deliveries.due(endpointId, now, DUE_PAGE);
      const isComplete = await enterLanes(page, now);
      let next = isComplete
        ? ((await deliveries.nextDueAt(endpointId, now))?.getTime() ?? null)
        : now.getTime();
      if (page.length > 0 || next !== null) mayWait = true;
      else if (news === before.news) mayWait = false;
      if (looks !== before.looks) return;
      // Those of lanes in memory stay due until they are recorded; whether any other waits shows only then.
      if (next === null && mayWait) next = now.getTime() + LOOK_AGAIN_MS;
      nextDueAt = news === before.news ? next : Math.min(nextDueAt ?? Infinity, next ?? Infinity);
    },
  };
}

export function isAsleep(row: OpenDelivery, now: Date): boolean {
  return row.state === 'WAITING' && row.dueAt > now;
}

function byLane(page: readonly WaitingDelivery[]): Map<string, WaitingDelivery[]> {
  const lanes = new Map<string, WaitingDelivery[]>();
  for (const row of page) {
    const met = lanes.get(row.incidentId);
    if (met) met.push(row);
    else lanes.set(row.incidentId, [row]);
  }
  return lanes;
}
