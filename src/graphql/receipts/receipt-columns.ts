import type { Receipt } from '../../domain/receipt.ts';
import type { ColumnNeeds } from '../projection/selected-columns.ts';

/** What the fields with resolvers read of their receipt, beside its id. */
export const RECEIPT_NEEDS: ColumnNeeds<Receipt> = {
  body: ['replayOf'],
  replays: [],
  incidents: ['incidentIds'],
  deployments: ['deploymentIds'],
};
