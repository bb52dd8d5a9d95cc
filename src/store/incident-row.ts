import { Schema } from 'mongoose';
import type { Connection, Model, mongo } from 'mongoose';
import type { Incident, Severity } from '../domain/incident.ts';
import { incidentWords } from '../domain/incident-words.ts';
import type { FoldState, IncidentState } from '../domain/incident-state.ts';
import { anyOf } from './where.ts';

/** A row of `incidents`: the folded incident flat, for reading; what the fold keeps to itself under `fold`. */
export interface IncidentRow extends Omit<Incident, 'id'> {
  _id: string;
  version: number;
  /** Status is not `RESOLVED`. */
  open: boolean;
  /** What it is found by: the words of its title and description, and its external key as `keyWord` writes it. */
  words: string[];
  fold: FoldState;
}

/** What a row keeps beside what readers see. */
type Hidden = 'fold' | 'version' | 'open' | 'words';

const RARER_SEVERITIES: readonly Severity[] = ['CRITICAL', 'LOW', 'INFO'];
const OF_RARER_SEVERITY = { severity: { $in: RARER_SEVERITIES } };

const schema = new Schema<IncidentRow>(
  {
    _id: { type: String, required: true },
    version: { type: Number, required: true },
    open: { type: Boolean, required: true },
    words: { type: [String], default: undefined },
    title: { type: String, required: true },
    description: String,
    severity: { type: String, required: true },
    service: String,
    url: String,
    source: { type: String, required: true },
    keySource: { type: String, required: true },
    externalKey: String,
    status: { type: String, required: true },
    createdAt: { type: Date, required: true },
    openedAt: { type: Date, required: true },
    acknowledgedAt: Date,
    resolvedAt: Date,
    updatedAt: { type: Date, required: true },
    triggerCount: { type: Number, required: true },
    lastSeenAt: { type: Date, required: true },
    fold: { type: Schema.Types.Mixed, required: true },
  },
  { lean: true, versionKey: false, strict: 'throw', collection: 'incidents' },
);
// A check under the key document, which serialises a key: never two open incidents of one key.
schema.index({ 'fold.key': 1 }, { unique: true, partialFilterExpression: { open: true } });
schema.index({ openedAt: -1, _id: -1 });
schema.index({ updatedAt: -1, _id: -1 });
schema.index({ status: 1, openedAt: -1, _id: -1 });
// Most are high or medium: those are found on the way through the openings. Its name keeps it apart from the one over
// all severities that older databases have.
schema.index(
  { severity: 1, openedAt: -1, _id: -1 },
  { name: 'rarer_severities', partialFilterExpression: OF_RARER_SEVERITY },
);
schema.index({ source: 1, openedAt: -1, _id: -1 });
schema.index({ service: 1, openedAt: -1, _id: -1 });
schema.index({ words: 1, openedAt: -1, _id: -1 });
schema.index({ lastSeenAt: 1, _id: 1 }, { partialFilterExpression: { open: true } });

export function incidentModel(connection: Connection): Model<IncidentRow> {
  return connection.model<IncidentRow>('Incident', schema);
}

/** The condition on a severity, in words that let its index be used: MongoDB does not see that one list lies in another. */
export function ofSeverity(severities: readonly Severity[] | undefined): mongo.Document {
  const indexed = severities?.every((severity) => RARER_SEVERITIES.includes(severity)) === true;
  return { ...anyOf('severity', severities), ...(indexed && { $and: [OF_RARER_SEVERITY] }) };
}

/** What a reader needs; leaves the fold's own state in the database. */
export const INCIDENT_PROJECTION = { fold: 0, version: 0, open: 0, words: 0 } as const satisfies Record<
  Hidden,
  0
>;

/** An external key among the words: whole, as it is, and told from all words by its mark. */
export function keyWord(externalKey: string): string {
  return `=${externalKey}`;
}

export function rowWords(incident: Pick<Incident, 'title' | 'description' | 'externalKey'>): string[] {
  const words = incidentWords(incident);
  if (incident.externalKey !== null) words.push(keyWord(incident.externalKey));
  return words;
}

export function toIncident(row: Omit<IncidentRow, Hidden>): Incident {
  const { _id, ...incident } = row;
  return { id: _id, ...incident };
}

export function toIncidentRow({ incident, fold, version }: IncidentState): IncidentRow {
  const { id, ...fields } = incident;
  const open = incident.status !== 'RESOLVED';
  return { _id: id, ...fields, version, open, words: rowWords(incident), fold };
}

export function toIncidentState({
  fold,
  version,
  open: _open,
  words: _words,
  ...row
}: IncidentRow): IncidentState {
  return { incident: toIncident(row), fold, version };
}
