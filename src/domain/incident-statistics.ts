import { INCIDENT_STATUSES, SEVERITIES } from './incident.ts';
import type { IncidentStatus, Severity } from './incident.ts';
import { mergeSorted } from './merge-sorted.ts';

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
  const partsOf = new Map<string, OpenedTogether[]>();
  for (const part of opened) {
    const known = partsOf.get(part.date);
    if (known === undefined) partsOf.set(part.date, [part]);
    else known.push(part);
  }
  const dayOf = new Map([...partsOf].map(([date, parts]) => [date, sortedDay(parts)]));
  const days = [...dayOf.values()];
  const whole: Sorted = {
    parts: opened,
    acknowledgedAfterMs: mergeSorted(days.map((day) => day.acknowledgedAfterMs)),
    resolvedAfterMs: mergeSorted(days.map((day) => day.resolvedAfterMs)),
  };
  return {
    ...figuresOf(whole),
    days: dates.map((date) => ({ date, ...figuresOf(dayOf.get(date) ?? sortedDay([])) })),
  };
}

interface Sorted {
  parts: readonly OpenedTogether[];
  acknowledgedAfterMs: Float64Array;
  resolvedAfterMs: Float64Array;
}

function sortedDay(parts: readonly OpenedTogether[]): Sorted {
  return {
    parts,
    acknowledgedAfterMs: sorted(parts.map((part) => part.acknowledgedAfterMs)),
    resolvedAfterMs: sorted(parts.map((part) => part.resolvedAfterMs)),
  };
}

function figuresOf({ parts, acknowledgedAfterMs, resolvedAfterMs }: Sorted): IncidentFigures {
  const sum = (count: (part: OpenedTogether) => number): number =>
    parts.reduce((total, part) => total + count(part), 0);
  return {
    count: sum(({ count }) => count),
    byStatus: INCIDENT_STATUSES.map((status) => ({ status, count: sum((part) => part.byStatus[status]) })),
    bySeverity: SEVERITIES.map((severity) => ({ severity, count: sum((part) => part.bySeverity[severity]) })),
    timeToAcknowledge: durationStatistics(acknowledgedAfterMs),
    timeToResolve: durationStatistics(resolvedAfterMs),
  };
}

function sorted(lists: readonly (readonly number[])[]): Float64Array {
  const all = new Float64Array(lists.reduce((total, list) => total + list.length, 0));
  let filled = 0;
  for (const list of lists) {
    all.set(list, filled);
    filled += list.length;
  }
  return all.sort();
}

function durationStatistics(durations: Float64Array): DurationStatistics {
  const count = durations.length;
  const atRank = (share: number): number | null => durations[Math.ceil(share * count) - 1] ?? null;
  return { count, medianMs: atRank(0.5), p90Ms: atRank(0.9) };
}
