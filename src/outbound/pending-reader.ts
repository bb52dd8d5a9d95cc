import { SEVERITIES } from '../domain/incident.ts';
import { assertNever } from '../kernel/assert-never.ts';
import type { DeliveryStore, OpenDelivery } from '../store/delivery-store.ts';
import { isAsleep } from './due-reader.ts';
import type { DueReader } from './due-reader.ts';
import type { LaneCollapser } from './lane-collapser.ts';
import type { LaneWindow } from './lane-window.ts';
import { createWorseFloor } from './worse-floor.ts';

interface PendingReaderDeps {
  endpointId: string;
  window: LaneWindow;
  due: Pick<DueReader, 'mayWait' | 'park'>;
  collapser: Pick<LaneCollapser, 'enter'>;
  deliveries: Pick<DeliveryStore, 'pending' | 'lowestWorse' | 'highestPending' | 'laneStarts'>;
  maxRows: number;
  /** What was made before has waited for its endpoint. */
  waitedBefore: () => number;
}

/** What is known of one page while it is gone through. */
interface Page {
  now: Date;
  /** Up to there no pending delivery is missing that was not met before. */
  horizon: number;
  /** Whether only the store can tell its lane's lowest open delivery. */
  needsStart(row: OpenDelivery): boolean;
  /** The lowest open deliveries of lanes that are not in memory, where they are needed. */
  starts: ReadonlyMap<string, OpenDelivery[]>;
  waitedBefore: number;
  /** Deliveries behind a head that waits, by lane. */
  asleep: Map<string, { ids: string[]; dueAt: Date }>;
}

type Verdict = 'TAKEN' | 'PASSED' | 'STOP';

/** Of each lane, where only the store can tell its lowest open delivery. */
const LANE_START = 5;
/** After a page that held nothing but deliveries of lanes that have enough in memory. */
const BARREN_PAGE = 1000;
const AT_START: readonly number[] = SEVERITIES.map(() => -1);

/** Moves pending deliveries into the window, from cursors, one for each priority, that pass each of them once. */
export function createPendingReader(deps: PendingReaderDeps) {
  const { endpointId, window, due, collapser, deliveries, maxRows } = deps;
  const worseFloor = createWorseFloor({ endpointId, deliveries });
  /** Those up to here are in the window, or left behind it to their lane, which asks for them. */
  let cursors = [...AT_START];
  let mayHaveMore = true;
  let news = 0;
  let rewinds = 0;
  let isBarren = false;

  const startsOf = (rows: readonly OpenDelivery[]): Promise<Map<string, OpenDelivery[]>> => {
    const firsts = new Map<string, string>();
    for (const row of rows) {
      if (!window.lanes.has(row.incidentId) && !firsts.has(row.incidentId))
        firsts.set(row.incidentId, row.id);
    }
    if (firsts.size === 0) return Promise.resolve(new Map<string, OpenDelivery[]>());
    return deliveries.laneStarts(endpointId, [...firsts.values()], LANE_START);
  };

  /** `rows` come by priority. Where there are more of them than fit, those not read yet may come first in their lanes. */
  const horizonOf = async (rows: readonly OpenDelivery[], isFull: boolean): Promise<number> => {
    const last = rows.at(-1);
    if (!isFull || last === undefined) return Infinity;
    return Math.min(last.sequence, await worseFloor.behind(cursors, last));
  };

  const openPage = async (rows: readonly OpenDelivery[], isFull: boolean, now: Date): Promise<Page> => {
    const horizon = await horizonOf(rows, isFull);
    const waitedBefore = deps.waitedBefore();
    const mayWait = due.mayWait();
    const needsStart = (row: OpenDelivery): boolean =>
      mayWait || row.sequence > horizon || row.createdAt.getTime() < waitedBefore;
    const starts = await startsOf(rows.filter(needsStart));
    return { now, horizon, needsStart, starts, waitedBefore, asleep: new Map() };
  };

  const enterLane = (row: OpenDelivery, page: Page): Verdict => {
    const { incidentId } = row;
    if (!page.needsStart(row)) {
      window.enter(incidentId, [row], false);
      return 'TAKEN';
    }
    const start = page.starts.get(incidentId);
    // The lane left the window while the page was read.
    if (start === undefined) return 'STOP';
    const head = start[0];
    if (head === undefined) return 'PASSED';
    const hasMore = start.length === LANE_START;
    if (isAsleep(head, page.now)) {
      putToSleep(row, head.dueAt, page.asleep);
      return 'PASSED';
    }
    const hasWaited = head.state === 'WAITING' || head.createdAt.getTime() < page.waitedBefore;
    if (hasWaited) collapser.enter(incidentId, start, hasMore, [row]);
    else window.enter(incidentId, start, hasMore, row);
    return 'TAKEN';
  };

  const take = (row: OpenDelivery, page: Page): Verdict => {
    if (!window.hasRoom()) return 'STOP';
    const offer = window.offer(row, row.sequence <= page.horizon);
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
      cursors = [...AT_START];
      worseFloor.forget();
      mayHaveMore = true;
    },

    async read(now: Date): Promise<void> {
      const before = { news, rewinds };
      const limit = isBarren ? BARREN_PAGE : Math.max(1, maxRows - window.size());
      const rows = await deliveries.pending(endpointId, cursors, limit);
      const page = await openPage(rows, rows.length === limit, now);
      // What is in the window now may lack what was met before.
      if (rewinds !== before.rewinds) return;
      // Woken meanwhile: what was read holds, but more may have come.
      let isComplete = rows.length < limit && news === before.news;
      let taken = 0;
      // Within a lane the order is that of the numbers, whatever the priorities.
      for (const row of rows.toSorted((a, b) => a.sequence - b.sequence)) {
        const verdict = take(row, page);
        if (verdict === 'STOP') {
          isComplete = false;
          break;
        }
        if (verdict === 'TAKEN') taken++;
        cursors[row.priority] = row.sequence;
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
