import type { Connection, mongo } from 'mongoose';
import type { EndpointHealth } from '../domain/endpoint-health.ts';
import { endpointHealthModel, toEndpointHealth } from './endpoint-health-row.ts';
import type { EndpointHealthRow, ToldHealth } from './endpoint-health-row.ts';
import { nativeCollection } from './native-collection.ts';
import type { Transaction } from './transaction.ts';

/** An endpoint's health as far as it shows whether its incident has to be told of it. */
export interface HealthStanding {
  endpointId: string;
  state: EndpointHealth['state'];
  since: Date;
  told: ToldHealth | null;
}

export type EndpointHealthStore = ReturnType<typeof createEndpointHealthStore>;

const AS_STANDING = { state: 1, since: 1, told: 1 } as const;

export function createEndpointHealthStore(connection: Connection) {
  const rows = nativeCollection(endpointHealthModel(connection));
  return {
    /** By endpoint; one that never failed is missing. */
    async byIds(endpointIds: readonly string[]): Promise<Map<string, EndpointHealth>> {
      const found = await rows.find({ _id: { $in: [...endpointIds] } }).toArray();
      return new Map(found.map((row) => [row._id, toEndpointHealth(row)]));
    },

    /** Recording the same again changes nothing, and an older one is never written over a newer one. */
    async save(healths: readonly EndpointHealth[], tx: Transaction): Promise<void> {
      for (const { endpointId, ...health } of healths) {
        await rows.updateOne({ _id: endpointId }, [{ $replaceWith: unlessNewer(health) }], {
          session: tx,
          upsert: true,
        });
      }
    },

    /** Of all endpoints that ever failed, in id order. */
    async standings(): Promise<HealthStanding[]> {
      const found = await rows
        .find<Pick<EndpointHealthRow, '_id' | keyof typeof AS_STANDING>>(
          {},
          { projection: AS_STANDING, sort: { _id: 1 } },
        )
        .toArray();
      return found.map(({ _id, told, ...row }) => ({ endpointId: _id, ...row, told: told ?? null }));
    },

    async setTold(endpointId: string, told: ToldHealth | null): Promise<void> {
      await rows.updateOne({ _id: endpointId }, { $set: { told } });
    },

    /** Forgets an endpoint that is gone. */
    async remove(endpointId: string): Promise<void> {
      await rows.deleteOne({ _id: endpointId });
    },
  };
}

function unlessNewer(health: Omit<EndpointHealth, 'endpointId'>): mongo.Document {
  const isNewer = { $gt: ['$revision', health.revision] };
  return { $cond: [isNewer, '$$ROOT', { $mergeObjects: ['$$ROOT', { $literal: health }] }] };
}
