import { Schema } from 'mongoose';
import type { Connection, Model } from 'mongoose';
import type { SealedSecret, StoredSource } from '../domain/source.ts';

/** A row of `sources`. */
export interface SourceRow extends Omit<StoredSource, 'managedBy' | 'id' | 'settings' | 'secrets'> {
  _id: string;
  /** The name and the key name. Unique over all rows, so that no two sources can ever share an address or a key. */
  names: string[];
  settings: { name: string; value: string }[];
  secrets: SealedSecret[];
}

const schema = new Schema<SourceRow>(
  {
    _id: { type: String, required: true },
    names: { type: [String], required: true },
    name: { type: String, required: true },
    keyName: { type: String, required: true },
    provider: { type: String, required: true },
    description: String,
    enabled: { type: Boolean, required: true },
    settings: [{ _id: false, name: String, value: String }],
    ratePerSecond: Number,
    secrets: [{ _id: false, id: String, sealed: String, createdAt: Date, until: Date, lastUsedAt: Date }],
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    revision: { type: Number, required: true },
    clientMutationKey: String,
  },
  { lean: true, versionKey: false, strict: 'throw', collection: 'sources' },
);
schema.index({ names: 1 }, { unique: true });
schema.index({ clientMutationKey: 1 }, { unique: true, sparse: true });

export function sourceModel(connection: Connection): Model<SourceRow> {
  return connection.model<SourceRow>('Source', schema);
}

export function toSourceRow({
  managedBy: _managedBy,
  id,
  settings,
  secrets,
  ...source
}: StoredSource): SourceRow {
  return {
    _id: id,
    names: [source.name, source.keyName],
    ...source,
    settings: Object.entries(settings).map(([name, value]) => ({ name, value })),
    secrets: [...secrets],
  };
}

export function toStoredSource({ _id, names: _names, settings, ...row }: SourceRow): StoredSource {
  return {
    managedBy: 'API',
    id: _id,
    ...row,
    settings: Object.fromEntries(settings.map(({ name, value }) => [name, value])),
  };
}
