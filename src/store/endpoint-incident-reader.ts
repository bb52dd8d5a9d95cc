import type { Connection } from 'mongoose';
import { endpointIncidentKey } from '../domain/endpoint-incident-key.ts';
import { keyId } from '../domain/incident-state.ts';
import { incidentKeyModel } from './incident-key-row.ts';
import { readableRows } from './readable-rows.ts';
import { reading } from './reading.ts';

export type EndpointIncidentReader = ReturnType<typeof createEndpointIncidentReader>;

/** Finds what OpsLens itself opened about endpoints that fail. */
export function createEndpointIncidentReader(connection: Connection, signal?: AbortSignal) {
  const keys = readableRows(incidentKeyModel(connection), signal);
  return {
    /** The newest incident about each endpoint, by the endpoint's id; those without one are missing. */
    async incidentIds(endpointIds: readonly string[]): Promise<Map<string, string>> {
      const endpointOf = new Map(
        endpointIds.map((id) => {
          const { source, externalKey } = endpointIncidentKey(id);
          return [keyId(source, externalKey), id];
        }),
      );
      const found = await reading(
        keys
          .find({ _id: { $in: [...endpointOf.keys()] } }, { projection: { currentIncidentId: 1 } })
          .toArray(),
      );
      return new Map(
        found.flatMap(({ _id, currentIncidentId }) => {
          const endpointId = endpointOf.get(_id);
          return endpointId === undefined || currentIncidentId === null
            ? []
            : [[endpointId, currentIncidentId]];
        }),
      );
    },
  };
}
