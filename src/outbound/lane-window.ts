import type { OpenDelivery } from '../store/delivery-store.ts';
import { createReadyLanes } from './ready-lanes.ts';

/** The part of one lane that is in memory: always its lowest open deliveries, without a gap. */
export interface Lane {
  readonly incidentId: string;
  /** To be sent after `sending`, lowest first. */
  readonly rows: OpenDelivery[];
  sending: OpenDelivery | null;
  /** Highest sequence ever taken in. */
  last: number;
  /** Highest sequence ever sent: what lies between it and `last` is in `rows`. */
  sent: number;
  /** The store may hold open deliveries behind `last`. */
  hasMore: boolean;
  /** The best of those that were offered: the lane goes by it, since none can pass the ones before it. */
  priority: number;
  /** Set when the head failed: until then the lane waits, and nothing of it is sent. */
  waitsUntil: Date | null;
  /** It takes nothing more from the store until it is let go. */
  isHeld: boolean;
  unrecorded: number;
  isReady: boolean;
}

export interface LaneWindowLimits {
  maxRows: number;
  maxBytes: number;
  /** So that one long lane leaves room for the others. */
  maxPerLane: number;
}

/**
 * What became of an offered delivery: in the window now; seen before; left in the store until its lane asks for more;
 * behind a head that waits; or not to be decided before the store is read anew.
 */
export type Offer = 'TAKEN' | 'KNOWN' | 'LEFT' | 'WAITS' | 'UNDECIDED' | 'NEW_LANE';

export type LaneWindow = ReturnType<typeof createLaneWindow>;

/**
 * What one endpoint has in memory, as lanes. Each lane is sent one by one from its lowest open delivery; the most urgent
 * lanes go first, and take turns. It decides only: reading, sending and recording are its callers'.
 */
export function createLaneWindow({ maxRows, maxBytes, maxPerLane }: LaneWindowLimits) {
  const lanes = new Map<string, Lane>();
  const ready = createReadyLanes<Lane>();
  const hungry = new Set<Lane>();
  /** Lanes forgotten since the read in progress began: what it brings of them is out of date. */
  const forgotten = new Map<string, { last: number; waits: boolean }>();
  /** Taken and not yet recorded. */
  const busy = new Set<string>();
  /** Recorded since the read in progress began, which may still bring them as open. */
  const settled = new Set<string>();
  let reading = false;
  let size = 0;
  let bytes = 0;

  const count = (row: OpenDelivery): void => {
    size++;
    bytes += row.bodyBytes;
  };
  const add = (lane: Lane, row: OpenDelivery): void => {
    lane.rows.push(row);
    lane.last = row.sequence;
    count(row);
  };
  const remove = (row: OpenDelivery): void => {
    size--;
    bytes -= row.bodyBytes;
  };
  const insert = ({ rows }: Lane, row: OpenDelivery): void => {
    const before = rows.findIndex((other) => other.sequence > row.sequence);
    rows.splice(before < 0 ? rows.length : before, 0, row);
  };

  /** Files the lane under what is to happen to it next. */
  const refile = (lane: Lane): void => {
    if (lane.sending !== null) return;
    if (lane.rows.length > 0) {
      hungry.delete(lane);
      if (!lane.isReady) ready.add(lane);
      lane.isReady = true;
    } else if (lane.hasMore && lane.waitsUntil === null) {
      if (!lane.isHeld) hungry.add(lane);
    } else if (lane.unrecorded === 0) {
      lanes.delete(lane.incidentId);
      if (reading) forgotten.set(lane.incidentId, { last: lane.last, waits: lane.waitsUntil !== null });
    }
  };

  const urge = (lane: Lane, priority: number): void => {
    if (priority >= lane.priority) return;
    if (lane.isReady) ready.remove(lane);
    lane.priority = priority;
    if (lane.isReady) ready.add(lane);
  };

  const dropRows = (lane: Lane): string[] => {
    for (const row of lane.rows) remove(row);
    return lane.rows.splice(0).map((row) => row.id);
  };

  const settle = (lane: Lane): void => {
    if (lane.sending) remove(lane.sending);
    lane.sending = null;
    lane.unrecorded++;
  };

  return {
    lanes: lanes as ReadonlyMap<string, Lane>,
    /** Lanes that have sent all they had in memory and may have more in the store. */
    hungry: hungry as ReadonlySet<Lane>,
    /** Deliveries from when they are taken until their result is recorded. */
    busy: busy as ReadonlySet<string>,
    size: () => size,
    hasRoom: () => size < maxRows && bytes < maxBytes,
    hasReady: ready.hasAny,

    /** Brackets a read of the store and the use of what it brings. One at a time. */
    beginRead(): void {
      reading = true;
    },
    endRead(): void {
      reading = false;
      forgotten.clear();
      settled.clear();
    },

    /** Whether a read that is in progress knows more than the window about a lane. */
    isForgotten: (incidentId: string) => forgotten.has(incidentId),

    /**
     * Offers a pending delivery; those of a lane in order. `NEW_LANE`: the caller has to find the lane's start.
     * `isNext`: no other of the lane that was not offered yet comes before it.
     */
    offer(row: OpenDelivery, isNext = true): Offer {
      const lane = lanes.get(row.incidentId);
      if (lane === undefined) {
        const past = forgotten.get(row.incidentId);
        if (past === undefined) return 'NEW_LANE';
        if (row.sequence <= past.last) return 'KNOWN';
        return past.waits ? 'UNDECIDED' : 'NEW_LANE';
      }
      if (row.sequence <= lane.last) return 'KNOWN';
      if (lane.waitsUntil !== null) return 'WAITS';
      urge(lane, row.priority);
      if (lane.hasMore || !isNext || lane.rows.length >= maxPerLane) {
        lane.hasMore = true;
        refile(lane);
        return 'LEFT';
      }
      add(lane, row);
      refile(lane);
      return 'TAKEN';
    },

    /** A lane that is not in the window, by its lowest open deliveries. Null where it has none that were not sent. */
    enter(
      incidentId: string,
      start: readonly OpenDelivery[],
      hasMore: boolean,
      urgent: Pick<OpenDelivery, 'priority'> | undefined = start[0],
    ): Lane | null {
      const last = forgotten.get(incidentId)?.last ?? -1;
      const lane: Lane = {
        incidentId,
        rows: [],
        sending: null,
        last,
        sent: last,
        hasMore,
        priority: start.reduce((best, row) => Math.min(best, row.priority), urgent?.priority ?? 0),
        waitsUntil: null,
        isHeld: false,
        unrecorded: 0,
        isReady: false,
      };
      for (const row of start) if (row.sequence > lane.last) add(lane, row);
      if (lane.rows.length === 0 && !hasMore) return null;
      lanes.set(incidentId, lane);
      refile(lane);
      return lane;
    },

    /** What the store has of a hungry lane behind `last`. */
    feed(lane: Lane, rows: readonly OpenDelivery[], hasMore: boolean): void {
      hungry.delete(lane);
      for (const row of rows) {
        urge(lane, row.priority);
        add(lane, row);
      }
      lane.hasMore = hasMore;
      refile(lane);
    },

    /** The store holds open deliveries of the lane behind its last. */
    expectMore(lane: Lane): void {
      lane.hasMore = true;
      refile(lane);
    },

    /** Whether an open delivery that the store brought is none of those that the lane knows, though it passed its place. */
    isStray(lane: Lane, { id, sequence }: Pick<OpenDelivery, 'id' | 'sequence'>): boolean {
      if (sequence > lane.last || busy.has(id) || settled.has(id)) return false;
      return lane.waitsUntil === null && lane.rows.every((row) => row.id !== id);
    },

    /** Lets one in whose place the lane has passed already: somebody wants to have it sent again. */
    interject(lane: Lane, row: OpenDelivery): void {
      insert(lane, row);
      count(row);
      urge(lane, row.priority);
      refile(lane);
    },

    /** Until `release` the lane takes nothing from the store. What it has in memory is sent. */
    hold(lane: Lane): void {
      lane.isHeld = true;
      hungry.delete(lane);
    },
    release(lane: Lane): void {
      lane.isHeld = false;
      if (lanes.get(lane.incidentId) === lane) refile(lane);
    },

    /** The next delivery to send; null where none is ready. */
    take(): { lane: Lane; row: OpenDelivery } | null {
      const lane = ready.shift();
      if (lane === undefined) return null;
      lane.isReady = false;
      const row = lane.rows.shift();
      if (row === undefined) return null;
      lane.sending = row;
      lane.sent = Math.max(lane.sent, row.sequence);
      busy.add(row.id);
      return { lane, row };
    },

    /** What `take` will give next, as far as it is known. */
    upcoming: (limit: number) => ready.first(limit).flatMap((lane) => lane.rows[0] ?? []),

    /** Nothing was sent after all. */
    putBack(lane: Lane): void {
      if (lane.sending === null) return;
      busy.delete(lane.sending.id);
      if (lane.sent === lane.sending.sequence) lane.sent--;
      insert(lane, lane.sending);
      lane.sending = null;
      refile(lane);
    },

    /** What was sent is final: the next of its lane may go. */
    finished(lane: Lane): void {
      settle(lane);
      refile(lane);
    },

    /** What was sent has to wait, and its lane with it. Returns those of the lane that were in memory behind it. */
    failed(lane: Lane, waitsUntil: Date): string[] {
      settle(lane);
      lane.waitsUntil = waitsUntil;
      return dropRows(lane);
    },

    /** Something of the lane will be recorded beside its results: it stays in the window until then. */
    expectRecord(lane: Lane): void {
      lane.unrecorded++;
    },

    /** What was recorded of the lane, the result of the delivery named or something else, is stored. */
    recorded(lane: Lane, id?: string): void {
      if (id !== undefined) {
        busy.delete(id);
        if (reading) settled.add(id);
      }
      lane.unrecorded--;
      refile(lane);
    },

    /** Forgets all that is not being sent or recorded; lanes that remain for that ask the store how they go on, if so told. */
    drop(hasMore = false): void {
      ready.clear();
      hungry.clear();
      for (const lane of [...lanes.values()]) {
        dropRows(lane);
        lane.isReady = false;
        lane.last = lane.sent;
        lane.hasMore = hasMore && (lane.sending !== null || lane.unrecorded > 0);
        refile(lane);
      }
    },
  };
}
