import { endpointFigures } from '../../domain/endpoint-figures.ts';
import type { EndpointFigures } from '../../domain/endpoint-figures.ts';
import { shownHealth } from '../../domain/shown-health.ts';
import type { EndpointHealthResolvers, WebhookEndpointResolvers } from '../generated/resolvers-types.ts';
import type { CountedSince } from './endpoint-health-loaders.ts';

export const endpointHealthField: Pick<WebhookEndpointResolvers, 'health'> = {
  health: async (endpoint, _args, { health }) => shownHealth(endpoint, await health.health.load(endpoint.id)),
};

/** Each reads only what it is asked for. */
export const endpointHealthFields: EndpointHealthResolvers = {
  async lastSuccessAt({ endpointId }, _args, { health }) {
    return (await health.lastDay.load(endpointId)).counts.lastSuccessAt;
  },

  /** The health forgets its failures with the next success, the figures keep them for a day. */
  async lastFailureAt({ endpointId, lastFailureAt }, _args, { health }) {
    return lastFailureAt ?? (await health.lastDay.load(endpointId)).counts.lastFailureAt;
  },

  async incident({ endpointId }, _args, { health, loaders }) {
    const id = await health.incidentId.load(endpointId);
    return id === null ? null : loaders.incident.load(id);
  },

  lastHour: async ({ endpointId }, _args, { health }) => toFigures(await health.lastHour.load(endpointId)),

  lastDay: async ({ endpointId }, _args, { health }) => toFigures(await health.lastDay.load(endpointId)),

  async oldestOpenDelivery({ endpointId }, _args, { health, loaders }) {
    const oldest = await health.oldestOpen.load(endpointId);
    return oldest === null ? null : loaders.delivery.load(oldest.id);
  },

  async oldestOpenAgeSeconds({ endpointId }, _args, { health, clock }) {
    const oldest = await health.oldestOpen.load(endpointId);
    if (oldest === null) return null;
    return Math.max(0, (clock.now().getTime() - oldest.openSince.getTime()) / 1000);
  },

  openCount: async ({ endpointId }, _args, { health }) => (await health.openCount.load(endpointId)).count,

  async openCountIsExact({ endpointId }, _args, { health }) {
    return (await health.openCount.load(endpointId)).isExact;
  },
};

function toFigures({ counts, since }: CountedSince): EndpointFigures {
  return endpointFigures(counts, since);
}
