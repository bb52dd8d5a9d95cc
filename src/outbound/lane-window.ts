import type { OpenDelivery } from '../store/delivery-store.ts';

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
  /** Set when the head failed: until then the lane waits, and nothing of it is sent. */
  waitsUntil: Date | null;
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
 * What one endpoint has in memory, as lanes. Each lane is sent one by one from its lowest open delivery; lanes take
 * turns. It decides only: reading, sending and recording are its callers'.
 */
export function createLaneWindow({ maxRows, maxBytes, maxPerLane }: LaneWindowLimits) {
  const lanes = new Map<string, Lane>();
  const ready: Lane[] = [];
  const hungry = new Set<Lane>();
  /** Lanes forgotten since the read in progress began: what it brings of them is out of date. */
  const forgotten = new Map<string, { last: number; waits: boolean }>();
  /** Taken and not yet recorded. */
  const busy = new Set<string>();
  let reading = false;
  let size = 0;
  let bytes = 0;

  const add = (lane: Lane, row: OpenDelivery): void => {
    lane.rows.push(row);
    lane.last = row.sequence;
    size++;
    bytes += row.bodyBytes;
  };
  const remove = (row: OpenDelivery): void => {
    size--;
    bytes -= row.bodyBytes;
  };

  /** Files the lane under what is to happen to it next. */
  const refile = (lane: Lane): void => {
    if (lane.sending !== null) return;
    if (lane.rows.length > 0) {
      if (!lane.isReady) ready.push(lane);
      lane.isReady = true;
    } else if (lane.hasMore && lane.waitsUntil === null) {
      hungry.add(lane);
    } else if (lane.unrecorded === 0) {
      lanes.delete(lane.incidentId);
      if (reading) forgotten.set(lane.incidentId, { last: lane.last, waits: lane.waitsUntil !== null });
    }
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
    hasReady: () => ready.length > 0,

    /** Brackets a read of the store and the use of what it brings. One at a time. */
    beginRead(): void {
      reading = true;
    },
    endRead(): void {
      reading = false;
      forgotten.clear();
    },

    /** Whether a read that is in progress knows more than the window about a lane. */
    isForgotten: (incidentId: string) => forgotten.has(incidentId),

    /** Offers a pending delivery in the order of sending. `NEW_LANE`: the caller has to find the lane's start. */
    offer(row: OpenDelivery): Offer {
      const lane = lanes.get(row.incidentId);
      if (lane === undefined) {
        const past = forgotten.get(row.incidentId);
        if (past === undefined) return 'NEW_LANE';
        if (row.sequence <= past.last) return 'KNOWN';
        return past.waits ? 'UNDECIDED' : 'NEW_LANE';
      }
      if (row.sequence <= lane.last) return 'KNOWN';
      if (lane.waitsUntil !== null) return 'WAITS';
      if (lane.hasMore || lane.rows.length >= maxPerLane) {
        lane.hasMore = true;
        return 'LEFT';
      }
      add(lane, row);
      refile(lane);
      return 'TAKEN';
    },

    /** A lane that is not in the window, by its lowest open deliveries. */
    enter(incidentId: string, start: readonly OpenDelivery[], hasMore: boolean): void {
      const lane: Lane = {
        incidentId,
        rows: [],
        sending: null,
        last: forgotten.get(incidentId)?.last ?? -1,
        sent: -1,
        hasMore,
        waitsUntil: null,
        unrecorded: 0,
        isReady: false,
      };
      lane.sent = lane.last;
      for (const row of start) if (row.sequence > lane.last) add(lane, row);
      if (lane.rows.length === 0 && !hasMore) return;
      lanes.set(incidentId, lane);
      refile(lane);
    },

    /** What the store has of a hungry lane behind `last`. */
    feed(lane: Lane, rows: readonly OpenDelivery[], hasMore: boolean): void {
      hungry.delete(lane);
      for (const row of rows) add(lane, row);
      lane.hasMore = hasMore;
      refile(lane);
    },

    /** The next delivery to send; null where none is ready. */
    take(): { lane: Lane; row: OpenDelivery } | null {
      const lane = ready.shift();
      if (lane === undefined) return null;
      lane.isReady = false;
      const row = lane.rows.shift();
      if (row === undefined) return null;
      lane.sending = row;
      lane.sent = row.sequence;
      busy.add(row.id);
      return { lane, row };
    },

    /** What `take` will give next, as far as it is known. */
    upcoming: (count: number) => ready.slice(0, count).flatMap((lane) => lane.rows[0] ?? []),

    /** Nothing was sent after all. */
    putBack(lane: Lane): void {
      if (lane.sending === null) return;
      busy.delete(lane.sending.id);
      lane.sent = lane.sending.sequence - 1;
      lane.rows.unshift(lane.sending);
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

    /** The result of one delivery of the lane is stored. */
    recorded(lane: Lane, id: string): void {
      busy.delete(id);
      lane.unrecorded--;
      refile(lane);
    },

    /** Forgets all that is not being sent or recorded; lanes that remain for that ask the store how they go on, if so told. */
    drop(hasMore = false): void {
      ready.length = 0;
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
