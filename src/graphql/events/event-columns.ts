import type { Event } from '../../domain/event.ts';
import { selectedColumns } from '../projection/selected-columns.ts';
import type { ColumnNeeds } from '../projection/selected-columns.ts';
import type { Selection } from '../projection/selected-fields.ts';

/** What the fields with resolvers read of their event, beside its id. */
const EVENT_NEEDS: ColumnNeeds<Event> = {
  incident: ['incidentId'],
  changes: ['details'],
  entries: ['details'],
  evidence: ['details'],
  deliveries: [],
};

/** The type is always read: it tells which fields an event has. */
export function eventColumns(selection: Selection): readonly (keyof Event)[] {
  return ['type', ...selectedColumns(selection, EVENT_NEEDS)];
}
