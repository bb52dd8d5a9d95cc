import type { Connection } from 'mongoose';
import type { EndpointHealth } from '../domain/endpoint-health.ts';
import { endpointHealthModel, toEndpointHealth } from './endpoint-health-row.ts';
import { nativeCollection } from './native-collection.ts';
import { readableRows } from './readable-rows.ts';
import { reading } from './reading.ts';
import { changedIds } from './watch-changes.ts';

export type EndpointHealthReader = ReturnType<typeof createEndpointHealthReader>;

export function createEndpointHealthReader(connection: Connection, signal?: AbortSignal) {
  const rows = readableRows(endpointHealthModel(connection), signal);
  return {
    /** In no order; an endpoint that never failed is missing. */
    byIds: async (endpointIds: readonly string[]): Promise<EndpointHealth[]> =>
      (await reading(rows.find({ _id: { $in: [...endpointIds] } }).toArray())).map(toEndpointHealth),

    /** Ids of endpoints as their health changes, from now on until the signal aborts. */
    changes: (signal: AbortSignal, onBroken: (error: unknown) => void) =>
      changedIds({ rows: nativeCollection(endpointHealthModel(connection)), signal, onBroken }),
  };
}
