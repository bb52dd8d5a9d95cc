import type { Connection } from 'mongoose';
import type { Delivery } from '../domain/delivery.ts';
import type { ExplainedEvent, LaneHead } from '../domain/delivery-explanation.ts';
import { OPEN_STATES, deliveryModel } from './delivery-row.ts';
import { AS_TRAITS, eventModel } from './event-row.ts';
import type { EventRow } from './event-row.ts';
import { nativeCollection } from './native-collection.ts';
import { reading } from './reading.ts';

export type ExplanationReader = ReturnType<typeof createExplanationReader>;

type Facts = Omit<ExplainedEvent, 'id' | 'sequence'> & Pick<EventRow, '_id' | 'sequence'>;

/** What tells why an event was, was not or will be sent, beside the delivery and the endpoint. */
export function createExplanationReader(connection: Connection) {
  const events = nativeCollection(eventModel(connection));
  const deliveries = nativeCollection(deliveryModel(connection));

  return {
    /** Also one that has no number yet; null where it is not kept. */
    async event(id: string): Promise<ExplainedEvent | null> {
      const row = await reading(events.findOne<Facts>({ _id: id }, { projection: AS_TRAITS }));
      if (row === null) return null;
      const { _id, sequence, ...facts } = row;
      return { id: _id, sequence, ...facts };
    },

    /** The lowest open delivery ahead of one in its lane. */
    async laneHead({
      endpointId,
      incidentId,
      sequence,
    }: Pick<Delivery, 'endpointId' | 'incidentId' | 'sequence'>): Promise<LaneHead | null> {
      const row = await reading(
        deliveries.findOne<Omit<LaneHead, 'id'> & { _id: string }>(
          { endpointId, incidentId, sequence: { $lt: sequence }, state: { $in: [...OPEN_STATES] } },
          {
            hint: 'open_lanes',
            sort: { sequence: 1 },
            projection: { eventType: 1, sequence: 1, state: 1, dueAt: 1 },
          },
        ),
      );
      if (row === null) return null;
      const { _id, ...head } = row;
      return { id: _id, ...head };
    },
  };
}
