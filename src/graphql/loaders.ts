import DataLoader from 'dataloader';
import type { Delivery } from '../domain/delivery.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { Event } from '../domain/event.ts';
import type { Incident } from '../domain/incident.ts';
import type { Receipt } from '../domain/receipt.ts';
import type { WebhookEndpoint } from '../domain/webhook-endpoint.ts';
import type { GraphqlDeps } from './graphql-deps.ts';

/** One read for all that an operation asks for by id at a time; null for what is not there. */
export interface Loaders {
  incident: DataLoader<string, Incident | null>;
  event: DataLoader<string, Event | null>;
  endpoint: DataLoader<string, WebhookEndpoint | null>;
  receipt: DataLoader<string, Receipt | null>;
  deployment: DataLoader<string, Deployment | null>;
  delivery: DataLoader<string, Delivery | null>;
}

const MAX_BATCH = 500;

type LoaderDeps = Pick<
  GraphqlDeps,
  'incidents' | 'events' | 'endpoints' | 'receipts' | 'deployments' | 'deliveries'
> & { signal: AbortSignal };

export function createLoaders({
  incidents,
  events,
  endpoints,
  receipts,
  deployments,
  deliveries,
  signal,
}: LoaderDeps): Loaders {
  return {
    incident: byId((ids) => incidents.byIds(ids)),
    event: byId((ids) => events.byIds(ids)),
    endpoint: byId(async (ids) => {
      signal.throwIfAborted();
      return [...(await endpoints.byIds(ids)).values()];
    }),
    receipt: byId((ids) => receipts.byIds(ids)),
    deployment: byId((ids) => deployments.byIds(ids)),
    delivery: byId((ids) => deliveries.byIds(ids)),
  };
}

function byId<T extends { id: string }>(
  read: (ids: readonly string[]) => Promise<T[]>,
): DataLoader<string, T | null> {
  return new DataLoader<string, T | null>(
    async (ids) => {
      const found = new Map((await read(ids)).map((item) => [item.id, item]));
      return ids.map((id) => found.get(id) ?? null);
    },
    { maxBatchSize: MAX_BATCH },
  );
}
