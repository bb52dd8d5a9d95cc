import { assertNever } from '../kernel/assert-never.ts';
import type { DeliveryStore, OpenDelivery, PendingCursor } from '../store/delivery-store.ts';
import { isAsleep } from './due-reader.ts';
import type { DueReader } from './due-reader.ts';
import type { LaneWindow } from './lane-window.ts';

interface PendingReaderDeps {
  endpointId: string;
  window: LaneWindow;
  due: Pick<DueReader, 'mayWait' | 'park'>;
  deliveries: Pick<DeliveryStore, 'pending' | 'laneStarts'>;
  maxRows: number;
}

/** What is known of one page while it is gone through. */
interface Page {
  now: Date;
  /** The lowest open deliveries of lanes that are not in memory; null where nothing waits in any lane. */
  starts: ReadonlyMap<string, OpenDelivery[]> | null;
  /** Deliveries behind a head that waits, by lane. */
  asleep: Map<string, { ids: string[]; dueAt: Date }>;
}

/** Of each lane, where only the store can tell its lowest open delivery. */
const LANE_START = 5;
/** After a page that held nothing but deliveries of lanes that have enough in memory. */
const BARREN_PAGE = 1000;

/** Moves pending deliveries into the window, from a cursor that passes each of them once. */
export function createPendingReader({ endpointId, window, due, deliveries, maxRows }: PendingReaderDeps) {
  /** Those up to here are in the window, or left behind it to their lane, which asks for them. */
  let cursor: PendingCursor | null = null;
  let mayHaveMore = true;
  let news = 0;
  let rewinds = 0;
  let isBarren = false;

  /** Where something may wait, the lowest pending delivery of a lane need not be its lowest open one. */
  const startsOf = (page: readonly OpenDelivery[]): Promise<Map<string, OpenDelivery[]>> => {
    const firsts = new Map<string, string>();
    for (const row of page) {
      if (!window.lanes.has(row.incidentId) && !firsts.has(row.incidentId))
        firsts.set(row.incidentId, row.id);
    }
    if (firsts.size === 0) return Promise.resolve(new Map<string, OpenDelivery[]>());
    return deliveries.laneStarts(endpointId, [...firsts.values()], LANE_START);
  };

  const enterLane = (row: OpenDelivery, { starts, now, asleep }: Page): 'TAKEN' | 'PASSED' | 'STOP' => {
    if (starts === null) {
      window.enter(row.incidentId, [row], false);
      return 'TAKEN';
    }
    const start = starts.get(row.incidentId);
    // The lane left the window while the page was read.
    if (start === undefined) return 'STOP';
    const head = start[0];
    if (head === undefined) return 'PASSED';
    if (isAsleep(head, now)) {
      putToSleep(row, head.dueAt, asleep);
      return 'PASSED';
    }
    window.enter(row.incidentId, start, start.length === LANE_START);
    return 'TAKEN';
  };

  const take = (row: OpenDelivery, page: Page): 'TAKEN' | 'PASSED' | 'STOP' => {
    if (!window.hasRoom()) return 'STOP';
    const offer = window.offer(row);
    switch (offer) {
      case 'TAKEN':
        return 'TAKEN';
      case 'KNOWN':
      case 'LEFT':
        return 'PASSED';
      case 'UNDECIDED':
        return 'STOP';
      case 'WAITS':
        putToSleep(row, window.lanes.get(row.incidentId)?.waitsUntil ?? page.now, page.asleep);
        return 'PASSED';
      case 'NEW_LANE':
        return enterLane(row, page);
      default:
        return assertNever(offer);
    }
  };

  return {
    mayHaveMore: () => mayHaveMore,
    /** Whether the last page brought nothing to send. */
    isBarren: () => isBarren,

    wake(): void {
      news++;
      mayHaveMore = true;
    },

    /** From the start again. */
    rewind(): void {
      news++;
      rewinds++;
      cursor = null;
      mayHaveMore = true;
    },

    async read(now: Date): Promise<void> {
      const before = { news, rewinds };
      const limit = isBarren ? BARREN_PAGE : Math.max(1, maxRows - window.size());
      const rows = await deliveries.pending(endpointId, cursor, limit);
      const page: Page = { now, starts: due.mayWait() ? await startsOf(rows) : null, asleep: new Map() };
      // Woken meanwhile: what was read holds, but more may have come.
      let isComplete = rows.length < limit && news === before.news;
      let taken = 0;
      for (const row of rows) {
        const verdict = take(row, page);
        if (verdict === 'STOP') {
          isComplete = false;
          break;
        }
        if (verdict === 'TAKEN') taken++;
        if (rewinds === before.rewinds) cursor = { priority: row.priority, sequence: row.sequence };
      }
      for (const { ids, dueAt } of page.asleep.values()) due.park(ids, dueAt);
      mayHaveMore = !isComplete;
      isBarren = rows.length > 0 && taken === 0;
    },
  };
}

function putToSleep(row: OpenDelivery, dueAt: Date, asleep: Page['asleep']): void {
  const lane = asleep.get(row.incidentId);
  if (lane) lane.ids.push(row.id);
  else asleep.set(row.incidentId, { ids: [row.id], dueAt });
}
