import type { Delivery } from '../../domain/delivery.ts';
import type { ColumnNeeds } from '../projection/selected-columns.ts';

/** What the fields with resolvers read of their delivery, beside its id. */
export const DELIVERY_NEEDS: ColumnNeeds<Delivery> = {
  event: ['eventId'],
  endpoint: ['endpointId'],
  incident: ['incidentId'],
  isTest: ['testBody'],
};
