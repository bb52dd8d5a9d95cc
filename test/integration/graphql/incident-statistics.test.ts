import fc from 'fast-check';
import { expect, test } from 'vitest';
import { INCIDENT_STATUSES, SEVERITIES } from '../../../src/domain/incident.ts';
import type { Incident } from '../../../src/domain/incident.ts';
import { incidentModel } from '../../../src/store/incident-row.ts';
import { insertIncidents } from '../../support/incident-rows.ts';
import { startGraphqlApp } from './graphql-app.ts';
import type { GraphqlApp } from './graphql-app.ts';

const HOUR = 60 * 60 * 1000;
const FIGURES = `count byStatus { status count } bySeverity { severity count }
  timeToAcknowledge { count medianMs p90Ms } timeToResolve { count medianMs p90Ms }`;
const QUERY = `query($from: DateTime!, $until: DateTime, $timeZone: String! = "UTC", $filter: IncidentStatisticsFilter) {
  incidentStatistics(from: $from, until: $until, timeZone: $timeZone, filter: $filter) {
    from until timeZone ${FIGURES} days { date ${FIGURES} } } }`;

/** Zones and a range with a change of the clock in its middle, as offsets of UTC in hours. */
const ZONES = [
  { timeZone: 'Europe/Berlin', change: Date.parse('2026-03-29T01:00Z'), before: 1, after: 2 },
  { timeZone: 'America/New_York', change: Date.parse('2026-11-01T06:00Z'), before: -4, after: -5 },
  { timeZone: 'UTC', change: Date.parse('2026-03-29T01:00Z'), before: 0, after: 0 },
];
type Zone = (typeof ZONES)[number];

const dateIn = ({ change, before, after }: Zone, moment: number): string =>
  new Date(moment + (moment < change ? before : after) * HOUR).toISOString().slice(0, 10);

const duration = fc.option(fc.oneof(fc.constant(60_000), fc.integer({ min: -5_000, max: 50 * 24 * HOUR })));

type Counted = Pick<
  Incident,
  'openedAt' | 'acknowledgedAt' | 'resolvedAt' | 'status' | 'severity' | 'service'
>;

/** Around the change of the clock, to the minute where days meet. */
const incidentsAround = ({ change }: Zone) =>
  fc.array(
    fc
      .record({
        opened: fc.oneof(
          fc.integer({ min: -72 * HOUR, max: 72 * HOUR }),
          fc.integer({ min: -72, max: 72 }).map((hours) => hours * HOUR),
        ),
        acknowledged: duration,
        resolved: duration,
        status: fc.constantFrom(...INCIDENT_STATUSES),
        severity: fc.constantFrom(...SEVERITIES),
        service: fc.constantFrom('checkout', 'cart', null),
      })
      .map(({ opened, acknowledged, resolved, ...rest }): Counted => {
        const openedAt = new Date(change + opened);
        const later = (ms: number | null): Date | null => (ms === null ? null : new Date(+openedAt + ms));
        return { ...rest, openedAt, acknowledgedAt: later(acknowledged), resolvedAt: later(resolved) };
      }),
    { maxLength: 60 },
  );

function plainDurations(incidents: readonly Counted[], field: 'acknowledgedAt' | 'resolvedAt') {
  const sorted = incidents
    .flatMap((one) => (one[field] === null ? [] : [Math.max(0, +one[field] - +one.openedAt)]))
    .toSorted((a, b) => a - b);
  const share = (part: number) =>
    sorted.find((_ms, index) => (index + 1) / sorted.length >= part - 1e-9) ?? null;
  return { count: sorted.length, medianMs: share(0.5), p90Ms: share(0.9) };
}

function plainFigures(incidents: readonly Counted[]) {
  const withValue = (field: 'status' | 'severity', value: string): number =>
    incidents.filter((one) => one[field] === value).length;
  return {
    count: incidents.length,
    byStatus: INCIDENT_STATUSES.map((status) => ({ status, count: withValue('status', status) })),
    bySeverity: SEVERITIES.map((severity) => ({ severity, count: withValue('severity', severity) })),
    timeToAcknowledge: plainDurations(incidents, 'acknowledgedAt'),
    timeToResolve: plainDurations(incidents, 'resolvedAt'),
  };
}

async function statistics(app: GraphqlApp, variables: Record<string, unknown>) {
  const { data, errors } = await app.ask(QUERY, variables);
  expect(errors).toBeUndefined();
  return data.incidentStatistics;
}

test('statistics are those of a plain count, whole and by day, also over a change of the clock', async () => {
  const app = await startGraphqlApp();
  const rows = fc.constantFrom(...ZONES).chain((zone) => fc.tuple(fc.constant(zone), incidentsAround(zone)));
  const service = fc.constantFrom(null, ['checkout'], ['cart', 'checkout']);
  await fc.assert(
    fc.asyncProperty(rows, service, async ([zone, incidents], services) => {
      await incidentModel(app.connection).deleteMany();
      if (incidents.length > 0) {
        await insertIncidents(
          app.connection,
          incidents.map((one, n) => ({ id: `i-${n}`, ...one })),
        );
      }
      const [from, until] = [zone.change - 60 * HOUR, zone.change + 61 * HOUR];
      const { timeZone } = zone;
      const shown = await statistics(app, {
        from: new Date(from),
        until: new Date(until),
        timeZone,
        filter: { service: services },
      });
      const counted = incidents
        .filter(({ openedAt }) => +openedAt >= from && +openedAt < until)
        .filter((one) => services === null || services.some((name) => name === one.service));
      const hours = Array.from({ length: 121 }, (_, n) => from + n * HOUR);
      const dates = [...new Set(hours.map((moment) => dateIn(zone, moment)))];
      expect(shown).toEqual({
        from: new Date(from).toISOString(),
        until: new Date(until).toISOString(),
        timeZone,
        ...plainFigures(counted),
        days: dates.map((date) => ({
          date,
          ...plainFigures(counted.filter(({ openedAt }) => dateIn(zone, +openedAt) === date)),
        })),
      });
    }),
    { seed: 11, numRuns: 60 },
  );
});

test('a year has all its days, and the range ends now unless it is said when', async () => {
  const app = await startGraphqlApp();
  const from = new Date(Date.now() - 365 * 24 * HOUR);
  await app.ask('mutation { createIncident(input: { title: "New", severity: LOW }) { errors { code } } }');
  const { count, days, timeToResolve, bySeverity } = await statistics(app, {
    from,
    timeZone: 'asia/kolkata',
  });
  expect(count).toBe(1);
  expect(days).toHaveLength(366);
  expect(new Set(days.map(({ date }: { date: string }) => date)).size).toBe(366);
  expect(days.at(-1).count).toBe(1);
  expect(timeToResolve).toEqual({ count: 0, medianMs: null, p90Ms: null });
  expect(bySeverity).toContainEqual({ severity: 'LOW', count: 1 });
});

test('a range or a time zone that cannot be is refused, and says why', async () => {
  const app = await startGraphqlApp();
  const refusal = async (variables: object): Promise<string | undefined> => {
    const { errors } = await app.ask(QUERY, { from: '2026-01-01T00:00:00Z', ...variables });
    expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    return errors?.[0]?.message;
  };
  expect(await refusal({ until: '2026-01-01T00:00:00Z' })).toMatch(/before until/);
  expect(await refusal({ until: '2027-01-02T00:00:00.001Z' })).toMatch(/366 days/);
  for (const timeZone of ['Mars/Olympus', '', '+01:00', 'Europe/Berlin; drop']) {
    expect(await refusal({ until: '2026-02-01T00:00:00Z', timeZone })).toMatch(/IANA/);
  }
  const values = Array.from({ length: 51 }, () => 'x');
  expect(await refusal({ until: '2026-02-01T00:00:00Z', filter: { service: values } })).toMatch(/50 values/);
});
