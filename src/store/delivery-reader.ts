import type { Connection, mongo } from 'mongoose';
import type { Delivery, DeliveryState } from '../domain/delivery.ts';
import type { EventType } from '../domain/event.ts';
import { leastIdAt } from '../kernel/ids.ts';
import { FAILED_STATES, OPEN_STATES, deliveryModel, idsOfEvent, toDelivery } from './delivery-row.ts';
import type { DeliveryRow } from './delivery-row.ts';
import { readPage } from './keyset-page.ts';
import type { Page, PageQuery } from './keyset-page.ts';
import { nativeCollection } from './native-collection.ts';
import { pageColumns } from './only-columns.ts';
import { readableRows } from './readable-rows.ts';
import { reading } from './reading.ts';
import { inTime } from './time-order.ts';
import type { TimeOrder } from './time-order.ts';
import { changedIds } from './watch-changes.ts';
import { anyOf, anyOfHeld } from './where.ts';
import type { TimeRange } from './where.ts';

/** All that is given must match; of a list any value does. */
export interface DeliveriesWhere {
  endpointId?: string;
  eventId?: string;
  eventType?: readonly EventType[];
  /** Told by the ids, which begin with those of the events. Test events are in no range. */
  eventMadeAt?: TimeRange;
  state?: readonly DeliveryState[];
}

export type DeliveryReader = ReturnType<typeof createDeliveryReader>;

/** Ids begin with the event's, which sorts by its time of birth. */
const ORDERS = inTime({ field: '_id', type: 'ID' });

/** Behind the ids of all events, ahead of those of test events. */
const END_OF_EVENTS = 'g';

export function createDeliveryReader(connection: Connection, signal?: AbortSignal) {
  const rows = readableRows(deliveryModel(connection), signal);

  const byIds = async (ids: readonly string[]): Promise<Delivery[]> =>
    (await reading(rows.find({ _id: { $in: [...ids] } }).toArray())).map(toDelivery);

  return {
    byIds,

    async byId(id: string): Promise<Delivery | null> {
      const row = await reading(rows.findOne({ _id: id }));
      return row === null ? null : toDelivery(row);
    },

    /** By the age of their events. Of each delivery only the columns are there; all where none are named. */
    async page(
      where: DeliveriesWhere,
      order: TimeOrder,
      query: PageQuery,
      columns?: readonly (keyof Delivery)[],
    ): Promise<Page<Delivery>> {
      const by = ORDERS[order];
      const filter = deliveriesFilter(where);
      const page = await readPage<DeliveryRow>({
        rows: where.eventType === undefined ? rows : rows.passingOver,
        filter,
        order: by,
        query,
        ...pageColumns(by, columns),
      });
      return { ...page, items: page.items.map(toDelivery) };
    },

    /** Ids of deliveries as they are made or change, from now on until the signal aborts. */
    changes: (signal: AbortSignal, onBroken: (error: unknown) => void) =>
      changedIds({ rows: nativeCollection(deliveryModel(connection)), signal, onBroken }),
  };
}

function deliveriesFilter({
  endpointId,
  eventId,
  eventType,
  eventMadeAt,
  state,
}: DeliveriesWhere): mongo.Document {
  const ids = [
    ...(eventId === undefined ? [] : [idsOfEvent(eventId)]),
    ...(eventMadeAt === undefined ? [] : [idsMadeWithin(eventMadeAt)]),
  ];
  return {
    ...(endpointId === undefined ? anyEndpoint(state) : { endpointId }),
    ...anyOf('eventType', eventType),
    $and: [anyOfHeld('state', state, FAILED_STATES), ...ids.map((range) => ({ _id: range }))],
  };
}

function idsMadeWithin({ from, until }: TimeRange): mongo.Document {
  return {
    ...(from && { $gte: leastIdAt(from) }),
    $lt: until === undefined ? END_OF_EVENTS : leastIdAt(until),
  };
}

/** Few are open: naming the endpoint, any, lets the planner find them by the index of those, not among all that ended. */
function anyEndpoint(state: readonly DeliveryState[] | undefined): mongo.Document {
  const open: readonly DeliveryState[] = OPEN_STATES;
  return state?.every((one) => open.includes(one)) === true ? { endpointId: { $gt: '' } } : {};
}
