import { isSupersedable, supersede } from '../domain/supersede.ts';
import type { Clock } from '../kernel/clock.ts';
import type { DeliveryStore, OpenDelivery } from '../store/delivery-store.ts';
import type { Lane, LaneWindow } from './lane-window.ts';
import type { OwnedSlot } from './owned-slot.ts';
import type { Recorder } from './recorder.ts';

interface LaneCollapserDeps {
  endpointId: string;
  slot: OwnedSlot;
  window: LaneWindow;
  deliveries: Pick<DeliveryStore, 'lane'>;
  recorder: Pick<Recorder, 'add'>;
  clock: Clock;
}

/** How far a lane has been gone through. */
interface Step {
  from: number;
  /** The last one met that a newer one may make needless. */
  survivor: OpenDelivery | null;
  pages: number;
}

export type LaneCollapser = ReturnType<typeof createLaneCollapser>;

const PAGE = 500;
/** A lane longer than that goes on with what was found by then. */
const MAX_PAGES = 200;

/**
 * Lets lanes that waited go on with what is still worth sending: of several open updates the newest alone. The head goes
 * at once; what is behind it waits in the store until it is recorded which of them are needless.
 */
export function createLaneCollapser(deps: LaneCollapserDeps) {
  const { endpointId, slot, window, deliveries, recorder, clock } = deps;
  const todo = new Map<Lane, Step>();
  /** Lanes whose head is tried again: what is behind it is gone through once that is over, and waits until then. */
  const waiting = new WeakSet<Lane>();
  /** Up to when what waited in a lane was gone through. */
  const goneThrough = new WeakMap<Lane, number>();

  const begin = (lane: Lane, head: OpenDelivery): void => {
    window.hold(lane);
    todo.set(lane, { from: head.sequence, survivor: null, pages: 0 });
  };

  const goOn = (lane: Lane, next: Step | null): void => {
    if (next === null) window.release(lane);
    else todo.set(lane, next);
  };

  const collapse = async (lane: Lane, { from, survivor, pages }: Step): Promise<void> => {
    const page = await deliveries.lane({ endpointId, incidentId: lane.incidentId }, from, PAGE);
    todo.delete(lane);
    if (window.lanes.get(lane.incidentId) !== lane) return;
    const behind = survivor === null ? page : [survivor, ...page];
    const found = supersede(behind);
    const last = page.at(-1);
    const next =
      last === undefined || page.length < PAGE || pages + 1 >= MAX_PAGES
        ? null
        : { from: last.sequence, survivor: survivorOf(behind, found), pages: pages + 1 };
    if (found.length === 0) {
      goOn(lane, next);
      return;
    }
    const at = clock.now();
    let unrecorded = found.length;
    window.expectRecord(lane);
    for (const supersession of found) {
      recorder.add({
        slot,
        superseded: { ...supersession, at },
        onRecorded() {
          if (--unrecorded > 0) return;
          window.recorded(lane);
          goOn(lane, next);
        },
      });
    }
  };

  return {
    /** A lane that waited and is not in the window, by its lowest open deliveries, and another that was met of it. */
    enter(
      incidentId: string,
      start: readonly OpenDelivery[],
      hasMore: boolean,
      met: readonly OpenDelivery[] = [],
    ): void {
      const head = start[0];
      const isRetry = head !== undefined && head.attemptCount > 0 && head.redelivery === undefined;
      if (head === undefined || (!isRetry && !isWorthwhile(start, hasMore))) {
        window.enter(incidentId, start, hasMore);
        return;
      }
      const lane = window.enter(incidentId, [head], true, mostUrgent([...start, ...met]));
      if (lane === null) return;
      if (isRetry) waiting.add(lane);
      else begin(lane, head);
    },

    /** What the store has of a hungry lane. What was made before `waitedBefore` has waited for the endpoint. */
    feed(lane: Lane, rows: readonly OpenDelivery[], hasMore: boolean, waitedBefore: number): void {
      const head = rows[0];
      const hasWaited =
        waiting.delete(lane) ||
        (head !== undefined &&
          head.createdAt.getTime() < waitedBefore &&
          goneThrough.get(lane) !== waitedBefore);
      if (head === undefined || !hasWaited || !isWorthwhile(rows, hasMore)) {
        window.feed(lane, rows, hasMore);
        return;
      }
      goneThrough.set(lane, waitedBefore);
      window.feed(lane, [head], true);
      begin(lane, head);
    },

    wantsRead: () => todo.size > 0,

    async read(): Promise<void> {
      for (const [lane, step] of [...todo]) await collapse(lane, step);
    },
  };
}

function isWorthwhile([, ...behind]: readonly OpenDelivery[], hasMore: boolean): boolean {
  return hasMore || supersede(behind).length > 0;
}

function mostUrgent(rows: readonly OpenDelivery[]): OpenDelivery | undefined {
  return rows.toSorted((a, b) => a.priority - b.priority)[0];
}

/** The newest of them, as it will be stored. */
function survivorOf(
  behind: readonly OpenDelivery[],
  found: readonly { by: string; supersedes: number[] }[],
): OpenDelivery | null {
  const newest = behind.findLast(isSupersedable);
  if (newest === undefined) return null;
  const stood = found.find(({ by }) => by === newest.id);
  return stood === undefined ? newest : { ...newest, supersedes: stood.supersedes };
}
