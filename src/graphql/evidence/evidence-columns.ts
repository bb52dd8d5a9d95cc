import type { Evidence } from '../../domain/evidence.ts';
import type { ColumnNeeds } from '../projection/selected-columns.ts';

/** What the fields with resolvers read of their evidence, beside its id. */
export const EVIDENCE_NEEDS: ColumnNeeds<Evidence> = {
  incident: ['incidentId'],
};
