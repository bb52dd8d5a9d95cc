import { codedError } from '../errors/coded-error.ts';
import type { SubscriptionResolvers } from '../generated/resolvers-types.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import { liveSource } from '../live/live-source.ts';

export const incidentSubscription: Pick<SubscriptionResolvers, 'incident'> = {
  incident: {
    subscribe: (_root, { id }) => liveSource({ kind: 'INCIDENT', incidentId: id }),
    /** Each time read anew: the hub hands in the id only. */
    async resolve(id: string, _args: unknown, { loaders }: GraphqlContext) {
      const incident = await loaders.incident.load(id);
      if (incident === null) throw codedError('NOT_FOUND', `There is no incident ${id.slice(0, 128)}.`);
      return incident;
    },
  },
};
