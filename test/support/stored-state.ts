import type { Connection } from 'mongoose';
import type { Incident } from '../../src/domain/incident.ts';
import type { TimelineEntry } from '../../src/domain/timeline-entry.ts';
import { deploymentModel } from '../../src/store/deployment-row.ts';
import type { DeploymentRow } from '../../src/store/deployment-row.ts';
import { incidentModel, toIncidentState } from '../../src/store/incident-row.ts';
import { receiptModel } from '../../src/store/receipt-row.ts';
import type { ReceiptRow } from '../../src/store/receipt-row.ts';
import { timelineEntryModel } from '../../src/store/timeline-entry-row.ts';

/** What webhooks left in a database, the oldest first. */
export interface StoredState {
  incidents(): Promise<Incident[]>;
  timeline(): Promise<Pick<TimelineEntry, 'kind' | 'text' | 'occurredAt'>[]>;
  deployments(): Promise<DeploymentRow[]>;
  receipts(): Promise<ReceiptRow[]>;
  /** Back to an empty store, for less than a new one costs. */
  clear(): Promise<void>;
}

export function storedState(connection: Connection): StoredState {
  return {
    async incidents() {
      const rows = await incidentModel(connection).find().sort({ _id: 1 });
      return rows.map((row) => toIncidentState(row).incident);
    },
    async timeline() {
      const rows = await timelineEntryModel(connection).find().sort({ occurredAt: 1, _id: 1 });
      return rows.map(({ kind, text, occurredAt }) => ({ kind, text, occurredAt }));
    },
    deployments: () => deploymentModel(connection).find().sort({ _id: 1 }).exec(),
    receipts: () => receiptModel(connection).find().sort({ _id: 1 }).exec(),
    async clear() {
      for (const name of connection.modelNames()) await connection.model(name).deleteMany();
    },
  };
}
