import type { Connection } from 'mongoose';
import type { IncidentStatus, Severity } from '../../src/domain/incident.ts';
import type { EventDetails, UnnumberedEvent } from '../../src/domain/event.ts';
import { keyId } from '../../src/domain/incident-state.ts';
import type { FoldState } from '../../src/domain/incident-state.ts';
import type { Incident } from '../../src/domain/incident.ts';
import { leastIdAt } from '../../src/kernel/ids.ts';
import { eventModel, toEventRow } from '../../src/store/event-row.ts';
import type { EventRow } from '../../src/store/event-row.ts';
import { headModel } from '../../src/store/head-row.ts';
import { incidentKeyModel, toIncidentKeyRow } from '../../src/store/incident-key-row.ts';
import { incidentModel, toIncidentRow } from '../../src/store/incident-row.ts';
import { nativeCollection } from '../../src/store/native-collection.ts';

export interface StoredIncidentsOrder {
  incidents: number;
  eventsEach: number;
}

const PER_INSERT = 2000;
const AT_ONCE = 3;
/** The newest began now, the oldest so long ago: events of then are just kept. */
const OVER_MS = 29 * 24 * 60 * 60 * 1000;
const LASTED_MS = 30 * 60 * 1000;

const COMPONENTS = 'checkout search ledger gateway mailer catalogue session billing reports archive'.split(
  ' ',
);
const SYMPTOMS = [
  'answers slowly',
  'error rate above threshold',
  'queue is growing',
  'connection pool exhausted',
  'disk almost full',
  'certificate expires soon',
  'replica lags behind',
];
const SOURCES = ['datadog', 'alertmanager', 'grafana', 'pagerduty', 'sentry'];
const REGIONS = ['eu-central-1', 'us-east-1', 'ap-south-1'];
const SEVERITIES: readonly Severity[] = ['HIGH', 'MEDIUM', 'HIGH', 'MEDIUM', 'LOW', 'CRITICAL', 'INFO'];
const RESOLVED_OF = 100;
const WRITE = { ordered: false, writeConcern: { w: 1 } } as const;

/**
 * Incidents with their keys and events, written as the server's own row mappers write them, which takes a fraction of
 * what as many webhooks would. Nothing else may be in the database, and indexes are quicker to make afterwards.
 */
export async function storeIncidents(
  connection: Connection,
  { incidents, eventsEach }: StoredIncidentsOrder,
): Promise<void> {
  const now = Date.now();
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < incidents) {
      const from = next;
      next = Math.min(incidents, next + PER_INSERT);
      const some = Array.from({ length: next - from }, (_, index) =>
        anIncident(from + index, incidents, now),
      );
      await Promise.all([
        nativeCollection(incidentModel(connection)).insertMany(
          some.map((incident) => toIncidentRow({ incident, fold: foldOf(incident), version: 1 })),
          WRITE,
        ),
        nativeCollection(incidentKeyModel(connection)).insertMany(some.map(keyRow), WRITE),
      ]);
      const events = some.flatMap((incident, index) => eventsOf(incident, from + index, eventsEach));
      if (events.length > 0) await nativeCollection(eventModel(connection)).insertMany(events, WRITE);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const head = { sequence: incidents * eventsEach, floor: 0 };
  await nativeCollection(headModel(connection)).updateOne(
    { _id: 'events' },
    { $set: head },
    { upsert: true },
  );
}

/** The incident of this number, of so many; 0 is the oldest. */
export function anIncident(number: number, of: number, now: number): Incident {
  const openedAt = new Date(now - OVER_MS + Math.floor(((number + 1) / (of + 1)) * OVER_MS));
  const status: IncidentStatus =
    number % RESOLVED_OF === 0 ? 'OPEN' : number % RESOLVED_OF === 1 ? 'ACKNOWLEDGED' : 'RESOLVED';
  const component = pick(COMPONENTS, number);
  const service = `${component}-api`;
  const until = new Date(openedAt.getTime() + LASTED_MS);
  return {
    id: `${leastIdAt(openedAt)}-7000-8000-${number.toString(16).padStart(12, '0')}`,
    title: `${service} ${pick(SYMPTOMS, number * 3)} on node-${number % 977}`,
    description: `${pick(REGIONS, number)}: 95th percentile above 800 ms for 5 minutes, ${number % 89} of ${number % 131} probes failed`,
    severity: pick(SEVERITIES, number),
    service,
    url: `https://monitor.example.com/alerts/${number}`,
    source: pick(SOURCES, number),
    keySource: pick(SOURCES, number),
    externalKey: `alert-${number}`,
    status,
    createdAt: openedAt,
    openedAt,
    acknowledgedAt: status === 'OPEN' ? null : openedAt,
    resolvedAt: status === 'RESOLVED' ? until : null,
    updatedAt: status === 'OPEN' ? openedAt : until,
    triggerCount: 1 + (number % 5),
    lastSeenAt: until,
  };
}

function pick<T>(values: readonly T[], number: number): T {
  // Mixed, so that no two properties go together.
  const at = Math.imul(number ^ (number >>> 7) ^ (values.length << 9), 0x9e3779b1) >>> 0;
  const value = values[at % values.length];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
}

function foldOf({ id, keySource, externalKey, openedAt, resolvedAt, updatedAt }: Incident): FoldState {
  const signal = (kind: 'TRIGGER' | 'RESOLVE', at: Date) => ({
    id: `${id}-${kind}`,
    kind,
    position: { epoch: 0, section: 'TIMED' as const, at: at.getTime(), rank: 0, tie: `${id}-${kind}` },
    shownAt: at,
    claimedAt: at,
    recordedAt: at,
    actor: null,
    text: null,
    receiptId: null,
  });
  return {
    key: keyId(keySource, externalKey ?? id),
    reuse: 'ONCE',
    signals: [signal('TRIGGER', openedAt), ...(resolvedAt === null ? [] : [signal('RESOLVE', resolvedAt)])],
    base: null,
    repeats: [],
    told: [],
    sourceFields: {},
    personFields: {},
    seq: 1,
    recordedAt: updatedAt,
  };
}

function keyRow({ id, keySource, externalKey }: Incident) {
  return toIncidentKeyRow({
    id: keyId(keySource, externalKey ?? id),
    version: 1,
    currentIncidentId: id,
    episodes: [],
    unmet: [],
    newestUntimedAt: null,
  });
}

const NO_DETAILS: EventDetails = { changes: [], entries: [], evidence: [] };

/** Numbered as they would be if each incident had all its events at once. */
function eventsOf(incident: Incident, number: number, each: number): EventRow[] {
  const { id: incidentId, keySource: _keySource, ...fields } = incident;
  const snapshot = { ...fields, incidentId };
  return Array.from({ length: each }, (_, index) => {
    const at = new Date(incident.openedAt.getTime() + index * 1000);
    const event: UnnumberedEvent = {
      id: `${incidentId}-${index}`,
      type: index === 0 ? 'INCIDENT_CREATED' : 'INCIDENT_UPDATED',
      incidentId,
      incidentSeq: index + 1,
      occurredAt: at,
      recordedAt: at,
      snapshot,
      details: NO_DETAILS,
      body: JSON.stringify({ type: 'incident', timestamp: at, data: snapshot }),
    };
    const { unnumbered: _unnumbered, ...row } = toEventRow(event);
    return { ...row, sequence: number * each + index + 1 };
  });
}
