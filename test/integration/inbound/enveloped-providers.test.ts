import { beforeEach, describe, expect, test } from 'vitest';
import { openDatabaseIntake } from '../../support/intake-over-database.ts';
import type { DatabaseIntake } from '../../support/intake-over-database.ts';
import { bodyOf, fixturesOf, readFixture } from '../../support/inbound-fixture.ts';
import type { InboundFixture } from '../../support/inbound-fixture.ts';
import { permutations } from '../../support/memory-fold.ts';
import { createSnsTopic, fetchFixtureCertificate } from '../../support/sns-topic.ts';
import { openTestDatabase } from '../../support/test-database.ts';

const fixtures = fixturesOf('sentry', 'statuspage', 'cloudevents', 'sns');

test.each(fixtures.map((fixture) => [fixture.name, fixture] as const))(
  '%s comes to what its file expects, and sent again to nothing more',
  async (_name, fixture) => {
    const intake = await openDatabaseIntake(await openTestDatabase(), { fetchText: fetchFixtureCertificate });
    for (const earlier of fixture.after ?? []) await intake.deliver(earlier);
    const reply = await intake.deliver(fixture);

    const { outcome, externalKey, severity, status } = fixture.expect;
    expect(reply.status).toBe(outcome === 'APPLIED' ? 200 : 202);
    expect((await intake.receipts()).at(-1)).toMatchObject({
      outcome,
      provider: fixture.provider,
      warnings: [],
    });
    const statuses = [status].flat();
    const incidents = await intake.incidents();
    expect(incidents).toMatchObject(
      statuses.flatMap((word, index) =>
        word === null
          ? []
          : [
              {
                externalKey: expect.stringContaining([externalKey].flat()[index] ?? ''),
                severity: [severity].flat()[index]?.toUpperCase(),
                status: word.toUpperCase(),
              },
            ],
      ),
    );
    for (const { id } of incidents) expect(JSON.stringify(reply.body)).toContain(id);

    const timeline = await intake.timeline();
    const again = await intake.deliver(fixture);
    expect(again).toEqual({ ...reply, body: { ...reply.body, duplicate: true } });
    expect((await intake.receipts()).at(-1)?.outcome).toBe('DUPLICATE');
    expect([await intake.incidents(), await intake.timeline()]).toEqual([incidents, timeline]);
  },
);

test('a resolve of Statuspage adds one entry to the timeline: its newest update', async () => {
  const intake = await openDatabaseIntake(await openTestDatabase());
  await intake.deliver('statuspage-investigating');
  expect(await intake.timeline()).toMatchObject([{ kind: 'OPENED' }]);
  await intake.deliver('statuspage-resolved');
  expect(await intake.timeline()).toMatchObject([
    { kind: 'OPENED', text: 'We are looking into failed vault calls.' },
    { kind: 'RESOLVED', text: 'Vault calls work again.' },
  ]);
});

test.each(['sentry-issue-created', 'statuspage-investigating', 'cloudevents-batch', 'sns-cloudwatch-alarm'])(
  'the same delivery 20 times at once is taken once and answered alike: %s',
  async (name) => {
    const intake = await openDatabaseIntake(await openTestDatabase(), { fetchText: fetchFixtureCertificate });
    const replies = await Promise.all(Array.from({ length: 20 }, () => intake.deliver(name)));
    expect(new Set(replies.map(({ body }) => JSON.stringify({ ...body, duplicate: null }))).size).toBe(1);
    const outcomes = (await intake.receipts()).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'APPLIED')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'DUPLICATE')).toHaveLength(19);
  },
);

describe('an alarm of CloudWatch', () => {
  const topic = createSnsTopic();
  const alarm = readFixture('sns-cloudwatch-alarm');
  const at = (time: string): string => `2026-03-09T${time}:00.000+0000`;
  let intake: DatabaseIntake;
  beforeEach(async () => {
    intake = await openDatabaseIntake(await openTestDatabase(), { fetchText: topic.fetchText });
  });

  const deliver = async (...bodies: Buffer[]): Promise<void> => {
    for (const body of bodies) expect((await intake.deliver(alarm, body)).status).toBe(200);
  };

  test('that goes off again is the next outage', async () => {
    await deliver(topic.alarm('ALARM', at('12:00')), topic.alarm('OK', at('12:05')));
    await deliver(topic.alarm('ALARM', at('12:10')), topic.alarm('OK', at('12:12')));
    await deliver(topic.alarm('ALARM', at('15:00')));
    expect(await intake.incidents()).toMatchObject([
      {
        status: 'RESOLVED',
        openedAt: new Date('2026-03-09T12:00:00Z'),
        resolvedAt: new Date('2026-03-09T12:12:00Z'),
      },
      { status: 'OPEN', openedAt: new Date('2026-03-09T15:00:00Z') },
    ]);
  });

  test('is the same in any order, told of by one topic or by two', { timeout: 30_000 }, async () => {
    const story = (): Buffer[] => [
      topic.alarm('ALARM', at('12:00')),
      topic.alarm('INSUFFICIENT_DATA', at('12:02')),
      topic.alarm('ALARM', at('12:04')),
      topic.alarm('OK', at('12:06')),
    ];
    const ends = new Set<string>();
    for (const arrival of permutations(story())) {
      await intake.clear();
      await deliver(...arrival, ...story());
      const seen = (await intake.incidents()).map(({ status, openedAt, resolvedAt }) => ({
        status,
        openedAt,
        resolvedAt,
      }));
      ends.add(
        JSON.stringify([seen, (await intake.timeline()).map((entry) => JSON.stringify(entry)).toSorted()]),
      );
    }
    expect([...ends]).toHaveLength(1);
    expect([...ends][0]).toMatch(/RESOLVED.*INSUFFICIENT_DATA: now INSUFFICIENT_DATA/);
  });
});

describe('a batch of CloudEvents', () => {
  const batch = readFixture('cloudevents-batch');
  const { events }: { events: Record<string, unknown>[] } = {
    events: batch.body as Record<string, unknown>[],
  };
  const bytes = (...some: unknown[]): Buffer => Buffer.from(JSON.stringify(some));

  test('that is put together anew from events that came before adds nothing to them', async () => {
    const intake = await openDatabaseIntake(await openTestDatabase());
    await intake.deliver(batch);
    const before = await intake.timeline();
    const [first, second] = events;
    expect((await intake.deliver(batch, bytes(second, first))).status).toBe(200);
    expect(await intake.timeline()).toEqual(before);
    expect((await intake.receipts()).at(-1)).toMatchObject({ outcome: 'IGNORED', reason: 'nothing new' });
  });

  test('with one event that is wrong leaves nothing, and with it mended leaves all', async () => {
    const intake = await openDatabaseIntake(await openTestDatabase());
    const [first, second] = events;
    expect((await intake.deliver(batch, bytes(first, { ...second, id: undefined }))).status).toBe(422);
    expect(await intake.incidents()).toEqual([]);
    expect((await intake.deliver(batch)).status).toBe(200);
    expect(await intake.incidents()).toHaveLength(2);
  });

  test('holds as many incidents as events that name none', async () => {
    const intake = await openDatabaseIntake(await openTestDatabase());
    const nameless = Array.from({ length: 200 }, (_, n) => ({
      ...events[0],
      id: `n-${n}`,
      subject: undefined,
      data: { title: `Probe ${n} fails` },
    }));
    expect((await intake.deliver(batch, bytes(...nameless))).status).toBe(200);
    expect(await intake.incidents()).toHaveLength(200);
    await intake.deliver(batch, bytes(...nameless.slice(0, 50)));
    expect(await intake.incidents()).toHaveLength(200);
  });
});

test('an issue of Sentry and the alert rules about it meet in one incident', async () => {
  const intake = await openDatabaseIntake(await openTestDatabase());
  const created = readFixture('sentry-issue-created');
  const unsigned = (headers: Record<string, string>): InboundFixture => ({
    ...created,
    secret: null,
    headers,
  });
  const { data } = JSON.parse(bodyOf(created).toString()) as { data: { issue: { id: string } } };
  const send = (resource: string, action: string, about: object) =>
    intake.deliver(
      unsigned({ 'Sentry-Hook-Resource': resource }),
      Buffer.from(JSON.stringify({ action, data: about })),
    );

  await send('event_alert', 'triggered', {
    event: { issue_id: data.issue.id, title: 'TypeError', datetime: '2026-03-08T11:00:01Z' },
  });
  await intake.deliver(created);
  await send('comment', 'created', {
    issue_id: Number(data.issue.id),
    comment: 'On it',
    timestamp: '2026-03-08T11:01:00Z',
  });
  expect(await intake.incidents()).toMatchObject([
    { status: 'OPEN', openedAt: new Date('2026-03-08T11:00:00Z'), severity: 'HIGH' },
  ]);
  expect(await intake.timeline()).toMatchObject([{ kind: 'OPENED' }, { kind: 'NOTE', text: 'On it' }]);
});
