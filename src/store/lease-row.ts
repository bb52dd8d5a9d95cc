import { Schema } from 'mongoose';
import type { Connection, Model } from 'mongoose';
import type { ProcessIdentity } from '../kernel/process-identity.ts';

/** A row of `leases`: `sequencer`, `slot:NN`, or the presence of a process, `process:<instance>`. */
export interface LeaseRow {
  _id: string;
  kind: 'LEASE' | 'PROCESS';
  /** Null once released. */
  holder: ProcessIdentity | null;
  /** Raised by each acquisition and never lowered: what the row's holder proves itself by. 0 for a process. */
  epoch: number;
  /** By the server's clock. */
  until: Date;
}

const holderSchema = new Schema<ProcessIdentity>(
  {
    instance: { type: String, required: true },
    host: { type: String, required: true },
    pid: { type: Number, required: true },
    startedAt: { type: String, default: '' },
  },
  { _id: false, strict: 'throw' },
);

const schema = new Schema<LeaseRow>(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    holder: holderSchema,
    epoch: { type: Number, required: true },
    until: { type: Date, required: true },
  },
  { lean: true, versionKey: false, strict: 'throw', collection: 'leases' },
);
// Only presences vanish: a lease's epoch must outlive its holders.
schema.index(
  { until: 1 },
  { name: 'gone_processes', expireAfterSeconds: 60, partialFilterExpression: { kind: 'PROCESS' } },
);

export function leaseModel(connection: Connection): Model<LeaseRow> {
  return connection.model<LeaseRow>('Lease', schema);
}
