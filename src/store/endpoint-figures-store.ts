import type { Connection, mongo } from 'mongoose';
import { HOUR_MS, SPAN_MS, addCounts, hourStart, newTally } from '../domain/endpoint-figures.ts';
import type { AttemptCounts, AttemptTally } from '../domain/endpoint-figures.ts';
import { endpointFiguresModel } from './endpoint-figures-row.ts';
import type { CountsRow, EndpointFiguresRow } from './endpoint-figures-row.ts';
import { nativeCollection } from './native-collection.ts';
import { MAX_READ_MS, reading } from './reading.ts';

/** What one endpoint's attempts within one span came to. */
export interface SpanCounts {
  endpointId: string;
  start: Date;
  counts: AttemptCounts;
}

export type EndpointFiguresStore = ReturnType<typeof createEndpointFiguresStore>;

/** Rows decoded between two turns of the event loop. */
const READ_BATCH = 200;

export function createEndpointFiguresStore(connection: Connection) {
  const rows = nativeCollection(endpointFiguresModel(connection));

  const eachRow = async <Read extends { endpointId: string }>(
    filter: mongo.Filter<EndpointFiguresRow>,
    projection: mongo.Document,
    take: (row: Read) => void,
  ): Promise<void> => {
    const options = { projection, batchSize: READ_BATCH, maxTimeMS: MAX_READ_MS };
    for await (const row of rows.find<Read>(filter, options)) take(row);
  };

  return {
    /** Adds to what this process and others added before. */
    async add(spans: readonly SpanCounts[]): Promise<void> {
      if (spans.length > 0) await reading(rows.bulkWrite(spans.map(toUpsert), { ordered: false }));
    },

    /** What attempts came to in spans that begin at `since` or later, one of them at `since`. */
    async since(endpointIds: readonly string[], since: Date): Promise<Map<string, AttemptCounts>> {
      const tallies = new Map(endpointIds.map((id) => [id, newTally()]));
      const of = { endpointId: { $in: [...endpointIds] } };
      const edge = hourStart(since.getTime());
      const isWhole = edge === since.getTime();
      const wholeHours = eachRow<EndpointFiguresRow>(
        { ...of, start: { $gte: new Date(isWhole ? edge : edge + HOUR_MS) } },
        { spans: 0 },
        (row) => addRow(tallies, row, row, since),
      );
      const cutHour = isWhole
        ? Promise.resolve()
        : eachRow<EndpointFiguresRow>({ ...of, start: new Date(edge) }, { latency: 0 }, (row) => {
            for (const [span, counts] of Object.entries(row.spans)) {
              if (edge + Number(span) * SPAN_MS >= since.getTime()) addRow(tallies, row, counts, since);
            }
          });
      await reading(Promise.all([wholeHours, cutHour]));
      return tallies;
    },
  };
}

function addRow(
  tallies: ReadonlyMap<string, AttemptTally>,
  { endpointId, lastSuccessAt, lastFailureAt }: EndpointFiguresRow,
  { succeeded = 0, failed = 0, latency = {} }: CountsRow,
  since: Date,
): void {
  const tally = tallies.get(endpointId);
  if (tally === undefined) return;
  addCounts(tally, {
    succeeded,
    failed,
    latency: new Map(Object.entries(latency).map(([bucket, count]) => [Number(bucket), count])),
    lastSuccessAt: notBefore(since, lastSuccessAt),
    lastFailureAt: notBefore(since, lastFailureAt),
  });
}

function notBefore(since: Date, time: Date | undefined): Date | null {
  return time !== undefined && time >= since ? time : null;
}

function toUpsert({
  endpointId,
  start,
  counts,
}: SpanCounts): mongo.AnyBulkWriteOperation<EndpointFiguresRow> {
  const hour = new Date(hourStart(start.getTime()));
  const { lastSuccessAt, lastFailureAt } = counts;
  const ofSpan = `spans.${(start.getTime() - hour.getTime()) / SPAN_MS}.`;
  return {
    updateOne: {
      filter: { _id: `${endpointId}:${hour.toISOString()}` },
      update: {
        $setOnInsert: { endpointId, start: hour },
        $inc: { ...increments(counts, ''), ...increments(counts, ofSpan) },
        $max: { ...(lastSuccessAt && { lastSuccessAt }), ...(lastFailureAt && { lastFailureAt }) },
      },
      upsert: true,
    },
  };
}

function increments({ succeeded, failed, latency }: AttemptCounts, under: string): Record<string, number> {
  const grown: Record<string, number> = { [`${under}succeeded`]: succeeded, [`${under}failed`]: failed };
  for (const [bucket, count] of latency) grown[`${under}latency.${bucket}`] = count;
  return grown;
}
