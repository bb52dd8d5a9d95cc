import type { Connection, mongo } from 'mongoose';
import type { Delivery, DeliveryState } from '../domain/delivery.ts';
import { OPEN_STATES, deliveryModel, idsOfEvent, toDelivery } from './delivery-row.ts';
import type { DeliveryRow } from './delivery-row.ts';
import { readPage } from './keyset-page.ts';
import type { Page, PageQuery } from './keyset-page.ts';
import { nativeCollection } from './native-collection.ts';
import { readableRows } from './readable-rows.ts';
import { reading } from './reading.ts';
import { changedIds } from './watch-changes.ts';
import { anyOf } from './where.ts';

/** All that is given must match; of a list any value does. */
export interface DeliveriesWhere {
  endpointId?: string;
  eventId?: string;
  state?: readonly DeliveryState[];
}

export type DeliveryReader = ReturnType<typeof createDeliveryReader>;

/** Ids begin with the event's, which sorts by its time of birth. */
const NEWEST_FIRST = { field: '_id', type: 'ID', direction: -1 } as const;

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

    /** Newest first. */
    async page({ endpointId, eventId, state }: DeliveriesWhere, query: PageQuery): Promise<Page<Delivery>> {
      const filter: mongo.Document = {
        ...(endpointId === undefined ? anyEndpoint(state) : { endpointId }),
        ...(eventId !== undefined && { _id: idsOfEvent(eventId) }),
        ...anyOf('state', state),
      };
      const page = await readPage<DeliveryRow>({ rows, filter, order: NEWEST_FIRST, query });
      return { ...page, items: page.items.map(toDelivery) };
    },

    /** Ids of deliveries as they are made or change, from now on until the signal aborts. */
    changes: (signal: AbortSignal, onBroken: (error: unknown) => void) =>
      changedIds({ rows: nativeCollection(deliveryModel(connection)), signal, onBroken }),
  };
}

/** Few are open: naming the endpoint, any, lets the planner find them by the index of those, not among all that ended. */
function anyEndpoint(state: readonly DeliveryState[] | undefined): mongo.Document {
  const open: readonly DeliveryState[] = OPEN_STATES;
  return state?.every((one) => open.includes(one)) === true ? { endpointId: { $gt: '' } } : {};
}
