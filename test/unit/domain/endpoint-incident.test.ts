import { describe, expect, it } from 'vitest';
import { newHealth } from '../../../src/domain/endpoint-health.ts';
import { failureReport, standingOf } from '../../../src/domain/endpoint-report.ts';
import type { EndpointReport } from '../../../src/domain/endpoint-report.ts';
import type { EndpointState } from '../../../src/domain/webhook-endpoint.ts';
import { createMemoryFold, minute } from '../../support/memory-fold.ts';

const endpoint = {
  url: 'https://user.example.com/hooks/s3cret?token=t0ken',
  description: null,
  disabledReason: null,
};

function failing(at: Date, kind: 'FAILING' | 'DISABLED' = 'FAILING'): EndpointReport {
  const health = {
    ...newHealth('e1', endpoint.url, at),
    consecutiveFailures: 5,
    failingSince: minute(1),
    reason: 'answered 500',
    failures: [
      { deliveryId: 'd1', at: minute(1), durationMs: 7, status: 500, error: 'answered 500' },
      { deliveryId: 'd2', at: minute(2), durationMs: 5000, status: null, error: 'no answer' },
    ],
  };
  return failureReport(
    { kind, since: at },
    { ...endpoint, disabledReason: kind === 'DISABLED' ? 'GONE' : null },
    health,
  );
}

const well = (at: Date): EndpointReport => ({
  kind: 'WELL',
  since: at,
  reason: 'the endpoint takes webhooks again',
});

function open() {
  const fold = createMemoryFold();
  return {
    fold,
    report: (report: EndpointReport, endpointId = 'e1') =>
      fold.command({ kind: 'REPORT_ENDPOINT', endpointId, report }),
    incident: () => fold.incidents()[0]?.incident,
    types: () => fold.events.map(({ type }) => type),
  };
}

describe('an endpoint that fails', () => {
  it('opens an incident that names its host and nothing else of its url', async () => {
    const { report, fold, incident, types } = open();
    await report(failing(minute(10)));
    expect(incident()).toMatchObject({
      title: 'Webhook endpoint user.example.com is failing',
      severity: 'MEDIUM',
      status: 'OPEN',
      source: 'opslens',
      keySource: 'opslens',
      externalKey: 'endpoint:e1',
      openedAt: minute(10),
    });
    expect(types()).toEqual(['INCIDENT_CREATED']);
    expect(JSON.stringify([fold.incidents(), fold.events])).not.toMatch(/s3cret|t0ken/);
  });

  it('is named by what its owner calls it, where that is known', () => {
    const health = newHealth('e1', endpoint.url, minute(10));
    const report = failureReport(
      { kind: 'FAILING', since: minute(10) },
      { ...endpoint, description: 'Pager of the shop' },
      health,
    );
    expect(report).toMatchObject({ fields: { title: 'Webhook endpoint Pager of the shop is failing' } });
  });

  it('shows its last attempts: when, what came of it, how long it took', () => {
    expect(failing(minute(10))).toMatchObject({
      log: [
        `${minute(1).toISOString()}  answered 500  7 ms  d1`,
        `${minute(2).toISOString()}  no answer  5000 ms  d2`,
      ].join('\n'),
    });
  });

  it('is told of once, however often and by however many it is reported', async () => {
    const { report, fold, incident } = open();
    await report(failing(minute(10)));
    await Promise.all([report(failing(minute(10))), report(failing(minute(10)))]);
    expect(incident()?.triggerCount).toBe(1);
    expect(fold.events).toHaveLength(1);
    await report(well(minute(12)));
    await report(well(minute(12)));
    await report(failing(minute(10)));
    expect(incident()).toMatchObject({ status: 'RESOLVED', resolvedAt: minute(12) });
    expect(fold.events).toHaveLength(2);
  });

  it('reopens its incident when it fails again soon, and opens the next one later', async () => {
    const { report, fold, incident, types } = open();
    await report(failing(minute(10)));
    await report(well(minute(12)));
    await report(failing(minute(20)));
    expect(incident()?.status).toBe('OPEN');
    expect(types()).toEqual(['INCIDENT_CREATED', 'INCIDENT_UPDATED', 'INCIDENT_UPDATED', 'EVIDENCE_ADDED']);
    await report(well(minute(21)));
    await report(failing(minute(60)));
    expect(fold.incidents().map((state) => state.incident.status)).toEqual(['RESOLVED', 'OPEN']);
  });

  it('makes its incident worse when it is disabled', async () => {
    const { report, incident } = open();
    await report(failing(minute(10)));
    await report(failing(minute(15), 'DISABLED'));
    expect(incident()).toMatchObject({ severity: 'HIGH', status: 'OPEN' });
    expect(incident()?.description).toContain('410');
  });

  it('resolves its incident although the clock of who reports it now is behind', async () => {
    const { report, incident } = open();
    await report(failing(minute(10)));
    await report(well(minute(9)));
    expect(incident()?.status).toBe('RESOLVED');
  });

  it('has no incident where it only ever was well', async () => {
    const { report, fold } = open();
    expect(await report(well(minute(10)))).toMatchObject({ kind: 'REFUSED' });
    expect([fold.incidents(), fold.keys.size]).toEqual([[], 0]);
  });

  it('is never to be told of its own failing, also by what people do to the incident', async () => {
    const { report, fold, incident } = open();
    await report(failing(minute(10)));
    await report(failing(minute(11)), 'e2');
    const incidentId = incident()?.id ?? '';
    await fold.command({ kind: 'ACKNOWLEDGE_INCIDENT', incidentId, note: 'on it' });
    await fold.command({ kind: 'ADD_TIMELINE_ENTRY', incidentId, text: 'called them', occurredAt: null });
    await report(well(minute(12)));
    expect(fold.events.map((event) => event.notFor)).toEqual(['e1', 'e2', 'e1', 'e1', 'e1']);
  });

  it('leaves the incidents of others to everybody', async () => {
    const { fold } = open();
    await fold.command({
      kind: 'CREATE_INCIDENT',
      fields: {
        title: 'endpoint:e1',
        description: '',
        severity: 'LOW',
        service: null,
        url: null,
        source: 'opslens',
      },
      clientMutationKey: 'endpoint:e1',
    });
    expect(fold.events[0]).not.toHaveProperty('notFor');
  });
});

describe('what is said of an endpoint', () => {
  const since = minute(10);
  const disabledAt = minute(11);
  it.each<[Parameters<typeof standingOf>[0]['state'], EndpointState | null, object]>([
    ['HEALTHY', 'ACTIVE', { kind: 'WELL', since }],
    ['THROTTLED', 'ACTIVE', { kind: 'WELL' }],
    ['FAILING', 'ACTIVE', { kind: 'FAILING', since }],
    ['FAILING', 'PAUSED', { kind: 'FAILING', since }],
    ['FAILING', 'INACTIVE', { kind: 'WELL', reason: 'the endpoint gets nothing any more' }],
    ['FAILING', 'INVALID', { kind: 'WELL' }],
    ['FAILING', null, { kind: 'WELL', reason: 'the endpoint was removed' }],
    ['DISABLED', 'DISABLED', { kind: 'DISABLED', since }],
    ['FAILING', 'DISABLED', { kind: 'DISABLED', since: disabledAt }],
    ['DISABLED', 'ACTIVE', { kind: 'WELL', reason: 'the endpoint was enabled again' }],
    ['DISABLED', 'PAUSED', { kind: 'WELL' }],
    ['DISABLED', null, { kind: 'WELL' }],
  ])('whose health is %s and whose row says %s', (state, row, expected) => {
    expect(standingOf({ state, since }, row && { state: row, disabledAt })).toMatchObject(expected);
  });
});
