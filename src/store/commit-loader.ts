import type { Connection, mongo } from 'mongoose';
import type { Found, StateKind, Wanted } from '../domain/draft.ts';
import { classifyRead } from './commit-errors.ts';
import { deploymentModel, toDeploymentState } from './deployment-row.ts';
import type { DeploymentRow } from './deployment-row.ts';
import { evidenceModel, toEvidence } from './evidence-row.ts';
import { incidentKeyModel, toKeyState } from './incident-key-row.ts';
import { incidentModel, toIncidentState } from './incident-row.ts';
import { nativeCollection } from './native-collection.ts';
import { receiptModel, toKnownReceipt, toReadings } from './receipt-row.ts';
import type { ReceiptRow } from './receipt-row.ts';
import { timelineEntryModel, toTimelineEntry } from './timeline-entry-row.ts';

export type LoadStates = (wanted: readonly Wanted[]) => Promise<Found[]>;

/** Reads what the decisions of a batch touch, one query a collection, at majority. What is not returned is not there. */
export function createCommitLoader(connection: Connection): LoadStates {
  const keys = nativeCollection(incidentKeyModel(connection));
  const incidents = nativeCollection(incidentModel(connection));
  const deployments = nativeCollection(deploymentModel(connection));
  const receipts = nativeCollection(receiptModel(connection));
  const entries = nativeCollection(timelineEntryModel(connection));
  const evidence = nativeCollection(evidenceModel(connection));

  return async (wanted) => {
    const ids = (kind: StateKind): string[] => [
      ...new Set(wanted.flatMap((one) => (one.kind === kind ? [one.id] : []))),
    ];
    try {
      const found = await Promise.all([
        find(keys, ids('key'), (some) => ({ _id: { $in: some } })).then((rows) =>
          rows.map((row): Found => ({ kind: 'key', state: toKeyState(row) })),
        ),
        find(incidents, ids('incident'), (some) => ({ _id: { $in: some } })).then((rows) =>
          rows.map((row): Found => ({ kind: 'incident', state: toIncidentState(row) })),
        ),
        find(deployments, ids('deployment'), (some) => ({ _id: { $in: some } })).then(toFoundDeployments),
        find(deployments, ids('naturalKey'), (some) => ({ naturalKey: { $in: some } })).then(
          toFoundDeployments,
        ),
        find(receipts, ids('dedupKey'), (some) => ({ dedupKey: { $in: some } })).then((rows) =>
          rows.flatMap((row): Found[] =>
            row.dedupKey === undefined
              ? []
              : [{ kind: 'dedupKey', dedupKey: row.dedupKey, state: toKnownReceipt(row) }],
          ),
        ),
        findReadings(receipts, ids('readings')),
        find(entries, ids('entry'), (some) => ({ _id: { $in: some } })).then((rows) =>
          rows.map((row): Found => ({ kind: 'entry', state: toTimelineEntry(row) })),
        ),
        find(evidence, ids('evidence'), (some) => ({ _id: { $in: some } })).then((rows) =>
          rows.map((row): Found => ({ kind: 'evidence', state: toEvidence(row) })),
        ),
      ]);
      return found.flat();
    } catch (error) {
      throw classifyRead(error);
    }
  };
}

/** Of a webhook that was replayed many times, only those replays that came to something. */
async function findReadings(receipts: mongo.Collection<ReceiptRow>, ids: string[]): Promise<Found[]> {
  const rows = await find(receipts, ids, (some) => ({
    $or: [
      { _id: { $in: some } },
      { replayOf: { $in: some }, $or: [{ folded: { $exists: true } }, { dedupKey: { $exists: true } }] },
    ],
  }));
  const sorted = rows.toSorted((a, b) => (a._id < b._id ? -1 : 1));
  return ids.flatMap((receiptId): Found[] => {
    const state = toReadings(
      sorted.filter(({ _id, replayOf }) => _id === receiptId || replayOf === receiptId),
    );
    return state === null ? [] : [{ kind: 'readings', receiptId, state }];
  });
}

async function find<Row extends { _id: string }>(
  collection: mongo.Collection<Row>,
  ids: string[],
  filter: (ids: string[]) => mongo.Filter<Row>,
): Promise<Row[]> {
  if (ids.length === 0) return [];
  const rows = await collection.find(filter(ids)).toArray();
  return rows as Row[];
}

function toFoundDeployments(rows: DeploymentRow[]): Found[] {
  return rows.map((row) => ({ kind: 'deployment', state: toDeploymentState(row) }));
}
