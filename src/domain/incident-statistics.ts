import { INCIDENT_STATUSES, SEVERITIES } from './incident.ts';
import type { IncidentStatus, Severity } from './incident.ts';

/** Some of the incidents that opened on one day: a day may come in several parts. */
export interface OpenedTogether {
  date: string;
  count: number;
  byStatus: Readonly<Record<IncidentStatus, number>>;
  bySeverity: Readonly<Record<Severity, number>>;
  /** Of those that were acknowledged: how long that took. In no order, like the next. */
  acknowledgedAfterMs: readonly number[];
  resolvedAfterMs: readonly number[];
}

export interface DurationStatistics {
  count: number;
  /** By nearest rank: the durations of incidents that there were. Null where there was none. */
  medianMs: number | null;
  p90Ms: number | null;
}

export interface IncidentFigures {
  count: number;
  byStatus: { status: IncidentStatus; count: number }[];
  bySeverity: { severity: Severity; count: number }[];
  timeToAcknowledge: DurationStatistics;
  timeToResolve: DurationStatistics;
}

export interface IncidentStatistics extends IncidentFigures {
  days: (IncidentFigures & { date: string })[];
}

/** The figures of all days together, and of each of `dates`, in their order. */
export function incidentStatistics(
  opened: readonly OpenedTogether[],
  dates: readonly string[],
): IncidentStatistics {
  const byDate = new Map<string, OpenedTogether[]>();
  for (const part of opened) {
    const known = byDate.get(part.date);
    if (known === undefined) byDate.set(part.date, [part]);
    else known.push(part);
  }
  return {
    ...figuresOf(opened),
    days: dates.map((date) => ({ date, ...figuresOf(byDate.get(date) ?? []) })),
  };
}

function figuresOf(parts: readonly OpenedTogether[]): IncidentFigures {
  const sum = (count: (part: OpenedTogether) => number): number =>
    parts.reduce((total, part) => total + count(part), 0);
  return {
    count: sum(({ count }) => count),
    byStatus: INCIDENT_STATUSES.map((status) => ({ status, count: sum((part) => part.byStatus[status]) })),
    bySeverity: SEVERITIES.map((severity) => ({ severity, count: sum((part) => part.bySeverity[severity]) })),
    timeToAcknowledge: durationStatistics(parts.map((part) => part.acknowledgedAfterMs)),
    timeToResolve: durationStatistics(parts.map((part) => part.resolvedAfterMs)),
  };
}

function durationStatistics(parts: readonly (readonly number[])[]): DurationStatistics {
  const count = parts.reduce((total, part) => total + part.length, 0);
  const sorted = new Float64Array(count);
  let filled = 0;
  for (const part of parts) {
    sorted.set(part, filled);
    filled += part.length;
  }
  sorted.sort();
  const atRank = (share: number): number | null => sorted[Math.ceil(share * count) - 1] ?? null;
  return { count, medianMs: atRank(0.5), p90Ms: atRank(0.9) };
}
