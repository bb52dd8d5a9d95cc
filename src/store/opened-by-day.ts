import { mongo } from 'mongoose';
import { INCIDENT_STATUSES, SEVERITIES } from '../domain/incident.ts';
import type { IncidentStatus, Severity } from '../domain/incident.ts';
import type { OpenedTogether } from '../domain/incident-statistics.ts';
import { ofSeverity } from './incident-row.ts';
import type { IncidentRow } from './incident-row.ts';
import type { ReadableRows } from './readable-rows.ts';
import { MAX_READ_MS, reading } from './reading.ts';
import { anyOf } from './where.ts';

export interface OpenedWhere {
  from: Date;
  /** Not included. */
  until: Date;
  service?: readonly string[];
  source?: readonly string[];
  severity?: readonly Severity[];
}

interface Group extends Record<IncidentStatus | Severity, number> {
  _id: { date: string };
  count: number;
  acknowledgedAfterMs: number[];
  resolvedAfterMs: number[];
}

/** A day comes in so many parts: all durations of a day with a million incidents would not fit into one document. */
const PARTS = 8;
const BATCH = 200;
const UNKNOWN_TIME_ZONE = 40485;

/** Incidents by the day of their opening in the time zone; null where the database does not know the zone. */
export async function readOpenedByDay(
  rows: Pick<ReadableRows<IncidentRow>, 'aggregate'>,
  { from, until, service, source, severity }: OpenedWhere,
  timeZone: string,
): Promise<OpenedTogether[] | null> {
  const $match = {
    openedAt: { $gte: from, $lt: until },
    ...anyOf('service', service),
    ...anyOf('source', source),
    ...ofSeverity(severity),
  };
  const pipeline = [{ $match }, { $group: groupByDay(timeZone) }];
  try {
    const found = rows.aggregate<Group>(pipeline, { maxTimeMS: MAX_READ_MS, batchSize: BATCH }).toArray();
    return (await reading(found)).map(toOpenedTogether);
  } catch (error) {
    if (error instanceof mongo.MongoServerError && error.code === UNKNOWN_TIME_ZONE) return null;
    throw error;
  }
}

function groupByDay(timezone: string): mongo.Document {
  const countOf = (field: string, value: string) => ({ $sum: { $cond: [{ $eq: [field, value] }, 1, 0] } });
  return {
    _id: {
      date: { $dateToString: { date: '$openedAt', format: '%Y-%m-%d', timezone } },
      part: { $mod: [{ $minute: '$openedAt' }, PARTS] },
    },
    count: { $sum: 1 },
    ...Object.fromEntries(INCIDENT_STATUSES.map((status) => [status, countOf('$status', status)])),
    ...Object.fromEntries(SEVERITIES.map((severity) => [severity, countOf('$severity', severity)])),
    acknowledgedAfterMs: { $push: msUntil('$acknowledgedAt') },
    resolvedAfterMs: { $push: msUntil('$resolvedAt') },
  };
}

/** Missing where it has not happened, so that it is not pushed. Never below 0, whatever a source claims of its times. */
function msUntil(field: string): mongo.Document {
  const ms = { $max: [0, { $subtract: [field, '$openedAt'] }] };
  return { $cond: [{ $eq: [{ $type: field }, 'date'] }, ms, '$$REMOVE'] };
}

function toOpenedTogether({ _id, ...row }: Group): OpenedTogether {
  const { count, acknowledgedAfterMs, resolvedAfterMs } = row;
  const counts = <Name extends string>(names: readonly Name[], of: Record<Name, number>) =>
    Object.fromEntries(names.map((name) => [name, of[name]])) as Record<Name, number>;
  return {
    date: _id.date,
    count,
    byStatus: counts(INCIDENT_STATUSES, row),
    bySeverity: counts(SEVERITIES, row),
    acknowledgedAfterMs,
    resolvedAfterMs,
  };
}
