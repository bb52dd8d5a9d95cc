import { beforeEach, describe, expect, test } from 'vitest';
import type { SourceSecret } from '../../../src/inbound/source.ts';
import { bodyOf, fixturesOf, readFixture } from '../../support/inbound-fixture.ts';
import type { InboundFixture } from '../../support/inbound-fixture.ts';
import { startIntakeServer } from '../../support/intake-server.ts';
import type { IntakeServer } from '../../support/intake-server.ts';
import { openDatabaseIntake } from '../../support/intake-over-database.ts';
import type { DatabaseIntake } from '../../support/intake-over-database.ts';
import { openTestDatabase } from '../../support/test-database.ts';

const SECRETS: SourceSecret[] = [{ id: null, value: 'fixture-secret', generation: 'CURRENT', until: null }];

async function post(server: IntakeServer, fixture: InboundFixture) {
  return server.post(fixture, { headers: fixture.headers, body: bodyOf(fixture) });
}

test.each(
  fixturesOf('alertmanager', 'grafana', 'datadog', 'opsgenie').map((fixture) => [fixture.name, fixture]),
)('the incidents after %s are those that its file expects, and no others', async (_name, fixture) => {
  const server = await startIntakeServer(await openTestDatabase());
  server.setSecrets(SECRETS);
  const earlier = (fixture.after ?? []).map(readFixture);
  for (const one of earlier) await post(server, one);
  const answer = await post(server, fixture);

  const { outcome, externalKey, severity, status } = fixture.expect;
  expect(answer.status).toBe(outcome === 'APPLIED' ? 200 : 202);
  expect((await server.receipts()).at(-1)?.outcome).toBe(outcome);
  const incidents = await server.incidents();
  const named = [externalKey]
    .flat()
    .map((key) => incidents.find((one) => one.externalKey?.includes(key ?? '')));
  if (status === null) {
    expect(incidents).toEqual([]);
  } else {
    expect(named).toMatchObject(
      [status].flat().map((word, index) => ({
        status: word?.toUpperCase(),
        severity: [severity].flat()[index]?.toUpperCase(),
      })),
    );
  }
  const others = incidents.filter((incident) => !named.includes(incident));
  // Of the two alerts that fired, the one that was not resolved.
  expect(others.map((incident) => incident.status)).toEqual(
    fixture.name === 'alertmanager-resolved' ? ['OPEN'] : [],
  );
  expect(await server.faults()).toEqual([]);
});

describe('alerts of Alertmanager', () => {
  const firing = readFixture('alertmanager-two-firing');
  const resolved = readFixture('alertmanager-resolved');
  let intake: DatabaseIntake;
  beforeEach(async () => {
    intake = await openDatabaseIntake(await openTestDatabase());
  });

  const changed = (fixture: InboundFixture, over: object): Buffer =>
    Buffer.from(JSON.stringify({ ...(fixture.body as object), ...over }));
  const counts = async () =>
    (await intake.incidents()).map(({ status, triggerCount }) => ({ status, triggerCount }));

  test('that fire again, in their group or another, are counted and nothing else', async () => {
    await intake.deliver(firing);
    const before = await intake.timeline();
    await intake.deliver(firing);
    await intake.deliver(firing, changed(firing, { groupKey: '{}/{team="shop"}:{}' }));
    const [first, ...again] = await intake.receipts();
    expect(first?.outcome).toBe('APPLIED');
    expect(again.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['IGNORED', 'nothing new'],
      ['IGNORED', 'nothing new'],
    ]);
    expect(await counts()).toEqual([
      { status: 'OPEN', triggerCount: 3 },
      { status: 'OPEN', triggerCount: 3 },
    ]);
    expect(await intake.timeline()).toEqual(before);
  });

  test('whose end comes first appear already resolved; until then the webhook says what it waits for', async () => {
    const reply = await intake.deliver(resolved);
    expect(reply).toMatchObject({
      status: 200,
      body: { warnings: [expect.stringContaining('kept for 7 days')] },
    });
    expect(await intake.incidents()).toEqual([]);
    await intake.deliver(firing);
    expect(await counts()).toEqual([
      { status: 'RESOLVED', triggerCount: 1 },
      { status: 'OPEN', triggerCount: 1 },
    ]);
  });

  test('that end once and are told so in two groups are resolved once', async () => {
    await intake.deliver(firing);
    await intake.deliver(resolved);
    const before = [await intake.incidents(), await intake.timeline()];
    await intake.deliver(resolved, changed(resolved, { groupKey: '{}/{team="shop"}:{}' }));
    expect([await intake.incidents(), await intake.timeline()]).toEqual(before);
  });

  test('told by several instances at once open one incident each', async () => {
    const bodies = Array.from({ length: 20 }, (_, index) =>
      changed(index % 4 === 3 ? resolved : firing, { receiver: `instance ${index}` }),
    );
    const replies = await Promise.all(bodies.map((body) => intake.deliver(firing, body)));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await counts()).toEqual([
      { status: 'RESOLVED', triggerCount: 15 },
      { status: 'OPEN', triggerCount: 15 },
    ]);
    expect((await intake.timeline()).map(({ kind }) => kind)).toEqual(['OPENED', 'OPENED', 'RESOLVED']);
  });

  test('of a group of thousands are all taken, in one webhook', { timeout: 60_000 }, async () => {
    const alerts = Array.from({ length: 3000 }, (_, index) => ({
      status: 'firing',
      labels: { alertname: 'NodeDown', instance: `node-${index}` },
      startsAt: '2026-03-07T10:00:00Z',
      fingerprint: `f${index}`,
    }));
    const reply = await intake.deliver(firing, changed(firing, { alerts }));
    expect(reply.status).toBe(200);
    expect(await intake.incidents()).toHaveLength(3000);
    expect((await intake.receipts())[0]?.incidentIds).toHaveLength(3000);
  });
});

describe('alerts of Datadog', () => {
  const fixture = readFixture('datadog-triggered');
  const bodyWith = (over: object): Buffer =>
    Buffer.from(JSON.stringify({ ...(fixture.body as Record<string, unknown>), ...over }));

  test('keep their recovery, even where it has the id of the alert', async () => {
    const intake = await openDatabaseIntake(await openTestDatabase());
    await intake.deliver(fixture);
    await intake.deliver(fixture);
    await intake.deliver(fixture, bodyWith({ alert_transition: 'Recovered', date: '1772960460000' }));
    expect((await intake.receipts()).map(({ outcome }) => outcome)).toEqual([
      'APPLIED',
      'DUPLICATE',
      'APPLIED',
    ]);
    expect(await intake.incidents()).toMatchObject([
      {
        status: 'RESOLVED',
        triggerCount: 1,
        resolvedAt: new Date(1772960460000),
        title: 'Too few checkout hosts',
      },
    ]);
  });

  test('without a cycle open one incident after another', async () => {
    const intake = await openDatabaseIntake(await openTestDatabase());
    const hours = 3_600_000;
    const story: [string, number][] = [
      ['Triggered', 0],
      ['Recovered', 1],
      ['Triggered', 5],
      ['Warn', 6],
    ];
    for (const [alert_transition, hour] of story) {
      const date = String(1772960400000 - 12 * hours + hour * hours);
      await intake.deliver(fixture, bodyWith({ id: '', alert_cycle_key: '', alert_transition, date }));
    }
    expect((await intake.incidents()).map(({ status, triggerCount }) => [status, triggerCount])).toEqual([
      ['RESOLVED', 1],
      ['OPEN', 2],
    ]);
  });
});

test('an alert of Opsgenie goes from its creation to its end, with all that was done beside', async () => {
  const intake = await openDatabaseIntake(await openTestDatabase());
  const fixture = readFixture('opsgenie-create');
  const { alert } = fixture.body as { alert: { createdAt: number } };
  const bodyWith = (action: string, minutes: number, over: object): Buffer => {
    const updatedAt = alert.createdAt + minutes * 60_000;
    return Buffer.from(JSON.stringify({ action, alert: { ...alert, updatedAt, username: 'ines', ...over } }));
  };
  const bodies = [
    bodyWith('Create', 0, {}),
    bodyWith('Acknowledge', 1, {}),
    bodyWith('AddNote', 2, { note: 'Restarting' }),
    // These two come in the wrong order.
    bodyWith('Close', 9, { note: 'Consumers run', priority: 'P1' }),
    bodyWith('UpdatePriority', 4, { priority: 'P1' }),
  ];
  for (const body of bodies) await intake.deliver(fixture, body);
  expect((await intake.timeline()).map(({ kind, text }) => [kind, text])).toEqual([
    ['OPENED', 'Orders queue depth over 50k'],
    ['ACKNOWLEDGED', ''],
    ['NOTE', 'Restarting'],
    ['UPDATED', 'Priority changed to P1'],
    ['RESOLVED', 'Consumers run'],
  ]);
  expect(await intake.incidents()).toMatchObject([
    { status: 'RESOLVED', severity: 'CRITICAL', service: 'orders-queue', source: 'broker-2' },
  ]);
});
