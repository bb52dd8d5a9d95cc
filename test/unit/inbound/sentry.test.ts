import { describe, expect, it } from 'vitest';
import { bodyOf, fixturesOf } from '../../support/inbound-fixture.ts';
import { takeFixture, takeWebhook } from '../../support/provider-bench.ts';
import {
  event,
  issue,
  metricAlert,
  minutesAfterTen,
  takeHook,
  TEN_O_CLOCK,
} from '../../support/sentry-hook.ts';

const STATUS_KINDS = { open: 'TRIGGER', resolved: 'RESOLVE' };

describe('the fixtures', () => {
  it.each(fixturesOf('sentry').map((fixture) => [fixture.name, fixture] as const))(
    '%s',
    async (_name, fixture) => {
      const { outcome, externalKey, severity, status } = fixture.expect;
      const { verdict, signals, receipt, reply } = await takeFixture(fixture);
      expect(verdict.outcome).toBe(outcome);
      expect(reply.status).toBe(200);
      expect(receipt).toMatchObject({ verifiedWith: 'signature', deliveryId: fixture.headers['Request-ID'] });
      expect(signals).toHaveLength(1);
      expect(signals[0]?.kind).toBe(STATUS_KINDS[status as 'open' | 'resolved']);
      expect(signals[0]?.key.externalKey).toContain(externalKey);
      if (signals[0]?.kind === 'TRIGGER') expect(signals[0].fields.severity?.toLowerCase()).toBe(severity);
      const tampered = bodyOf(fixture);
      tampered.writeUInt8(tampered.readUInt8(20) ^ 1, 20);
      for (const body of [tampered, Buffer.concat([Buffer.from('\ufeff'), bodyOf(fixture)])]) {
        expect((await takeFixture(fixture, { body })).reply.status).toBe(401);
      }
      expect((await takeFixture(fixture, { headers: {} })).reply).toMatchObject({
        status: 401,
        body: {
          errors: [{ path: 'Sentry-Hook-Signature', message: expect.stringContaining('client secret') }],
        },
      });
    },
  );
});

describe('an issue', () => {
  it.each([
    ['created', ['TRIGGER']],
    ['unresolved', ['TRIGGER', 'REOPEN']],
    ['resolved', ['RESOLVE']],
    ['archived', ['RESOLVE']],
    ['ignored', ['RESOLVE']],
    ['assigned', ['NOTE']],
  ])('that is %s comes to %j on the incident of its id', async (action, kinds) => {
    const { signals } = await takeHook({ resource: 'issue', action, data: issue() });
    expect(signals.map(({ kind }) => kind)).toEqual(kinds);
    for (const { key } of signals) {
      expect(key).toEqual({ source: 'sentry', externalKey: 'issue:61', reuse: 'ONCE', synthetic: false });
    }
  });

  it('opens with its title, its culprit, its project and its page', async () => {
    const { signals, receipt } = await takeHook({ resource: 'issue', action: 'created', data: issue() });
    expect(signals[0]).toMatchObject({
      occurredAt: new Date('2026-03-08T10:00:00.500Z'),
      fields: {
        title: 'TypeError: total',
        description: 'cart/summary',
        severity: 'HIGH',
        service: 'checkout-web',
        url: 'https://sentry.example/organizations/lumen/issues/61/',
      },
    });
    expect(receipt.warnings).toEqual([]);
  });

  it.each([
    ['fatal', 'CRITICAL', 0],
    ['ERROR', 'HIGH', 0],
    ['warning', 'MEDIUM', 0],
    ['info', 'INFO', 0],
    ['debug', 'INFO', 0],
    ['sample', 'MEDIUM', 1],
    ['constructor', 'MEDIUM', 1],
    [null, undefined, 0],
  ])('of level %s has the severity %s', async (level, severity, warnings) => {
    const { signals, receipt } = await takeHook({
      resource: 'issue',
      action: 'created',
      data: issue({ level }),
    });
    expect(signals[0]?.fields.severity).toBe(severity);
    expect(receipt.warnings).toHaveLength(warnings);
  });

  it.each([
    ['resolved', {}, null],
    ['resolved', { statusDetails: { inNextRelease: true } }, 'Resolved in the next release'],
    ['resolved', { statusDetails: { inRelease: '1.2' } }, 'Resolved in release 1.2'],
    ['archived', { substatus: 'archived_until_escalating' }, 'Archived until escalating'],
    ['ignored', {}, 'Ignored'],
    ['unresolved', { substatus: 'regressed' }, 'Regressed'],
    ['assigned', { assignedTo: { type: 'user', name: 'Maeve' } }, 'Assigned to Maeve'],
    ['assigned', { assignedTo: null }, 'Assigned'],
  ])('that is %s says so on the timeline: %j is "%s"', async (action, over, text) => {
    const { signals } = await takeHook({ resource: 'issue', action, data: issue(over) });
    expect(signals.at(-1)?.text).toBe(text);
  });

  it('changes at the time of the webhook, for want of another, but never before it was first seen', async () => {
    const at = async (sentAt: number | null) =>
      (await takeHook({ resource: 'issue', action: 'resolved', data: issue(), sentAt })).signals[0]
        ?.occurredAt;
    expect(await at(TEN_O_CLOCK + 60)).toEqual(minutesAfterTen(1));
    expect(await at(TEN_O_CLOCK)).toEqual(new Date('2026-03-08T10:00:00.500Z'));
    expect(await at(null)).toBeNull();
  });

  it('that a person changed names who it was', async () => {
    const of = (actor: object) => takeHook({ resource: 'issue', action: 'resolved', data: issue(), actor });
    expect((await of({ type: 'user', id: 1, name: 'Ines' })).signals[0]?.actor).toBe('Ines');
    expect((await of({ type: 'application', id: 'sentry', name: 'Sentry' })).signals[0]?.actor).toBeNull();
  });
});

describe('an event', () => {
  it.each([
    ['event_alert', 'triggered', event(), ['TRIGGER', 'REOPEN']],
    ['error', 'created', { error: event().event }, ['TRIGGER']],
  ])('told of as %s is about the incident of its issue', async (resource, action, data, kinds) => {
    const { signals } = await takeHook({ resource, action, data });
    const { signals: ofIssue } = await takeHook({ resource: 'issue', action: 'created', data: issue() });
    expect(signals.map(({ kind }) => kind)).toEqual(kinds);
    expect(signals[0]).toMatchObject({
      key: ofIssue[0]?.key,
      fields: ofIssue[0]?.fields,
      occurredAt: minutesAfterTen(5),
    });
  });

  it('says by which rule it comes', async () => {
    const { signals } = await takeHook({ resource: 'event_alert', action: 'triggered', data: event() });
    expect(signals.at(-1)).toMatchObject({ kind: 'REOPEN', text: 'Alert rule: Many errors', fields: {} });
  });
});

describe('a metric alert', () => {
  it.each([
    ['critical', 'CRITICAL'],
    ['warning', 'MEDIUM'],
  ])('that is %s opens an incident of severity %s from when it started', async (action, severity) => {
    const { signals } = await takeHook({ resource: 'metric_alert', action, data: metricAlert('Now') });
    expect(signals).toMatchObject([
      {
        kind: 'TRIGGER',
        key: { externalKey: 'metric_alert:50210', reuse: 'ONCE' },
        occurredAt: minutesAfterTen(0),
        fields: {
          title: 'Now: Crash rate',
          description: 'Now words',
          severity,
          service: 'checkout-web',
          url: 'https://sentry.example/organizations/lumen/alerts/77/',
        },
      },
    ]);
  });

  it('is over when it was closed, and does not say what it was', async () => {
    const of = (over: object, sentAt: number | null = TEN_O_CLOCK + 120) =>
      takeHook({ resource: 'metric_alert', action: 'resolved', data: metricAlert('Resolved', over), sentAt });
    const { signals } = await of({ date_closed: '2026-03-08T10:40:00Z' });
    expect(signals).toMatchObject([
      { kind: 'RESOLVE', occurredAt: minutesAfterTen(40), text: 'Resolved words' },
    ]);
    expect(signals[0]?.fields).toEqual({});
    expect((await of({})).signals[0]?.occurredAt).toEqual(minutesAfterTen(2));
    expect((await of({}, null)).signals[0]?.occurredAt).toBeNull();
  });
});

describe('a comment', () => {
  const data = {
    comment: 'Looking.',
    project_slug: 'web',
    comment_id: 7,
    issue_id: 61,
    timestamp: '2026-03-08T10:09:00Z',
  };

  it.each([
    ['created', 'Looking.'],
    ['updated', 'Comment edited: Looking.'],
  ])('that is %s is a note on the incident of its issue', async (action, text) => {
    const { signals } = await takeHook({ resource: 'comment', action, data });
    expect(signals).toMatchObject([
      { kind: 'NOTE', text, key: { externalKey: 'issue:61' }, occurredAt: minutesAfterTen(9), fields: {} },
    ]);
  });
});

describe('anything else', () => {
  it.each([
    ['installation', 'created', { installation: {} }],
    ['comment', 'deleted', { comment_id: 7, issue_id: 61 }],
    ['issue', 'merged', issue()],
    ['seer', 'root_cause_completed', {}],
    ['constructor', 'toString', {}],
    ['metric_alert', 'open', {}],
  ])('such as %s.%s is kept and ignored, never an error', async (resource, action, data) => {
    const { reply, reason } = await takeHook({ resource, action, data });
    expect(reply).toMatchObject({ status: 202, body: { status: 'ignored' } });
    expect(reason).toContain(resource);
  });

  it('without the header of its resource is known by its form', async () => {
    const takes = async (action: string, data: object) =>
      (await takeHook({ resource: null, action, data })).signals[0]?.key;
    expect(await takes('critical', metricAlert('Now'))).toMatchObject({ externalKey: 'metric_alert:50210' });
    expect(await takes('triggered', event())).toMatchObject({ externalKey: 'issue:61' });
    expect(await takes('created', issue())).toMatchObject({ externalKey: 'issue:61' });
  });

  it('in the form of the legacy plugin says what to do', async () => {
    const body = { id: '1', project: 'web', project_name: 'web', level: 'error', event: { event_id: 'x' } };
    expect((await takeWebhook('sentry', body)).reason).toContain('internal integration');
    expect((await takeWebhook('sentry', [])).verdict.outcome).toBe('IGNORED');
  });

  it.each([
    ['issue', 'created', issue({ id: null }), 'data.issue.id'],
    ['issue', 'created', issue({ id: 2 ** 53 }), 'data.issue.id'],
    ['issue', 'created', issue({ id: ' ' }), 'data.issue.id'],
    ['event_alert', 'triggered', { event: [] }, 'data.event.issue_id'],
    ['metric_alert', 'critical', {}, 'data.metric_alert.id'],
    ['comment', 'created', { comment: 'x' }, 'data.issue_id'],
  ])('that is %s.%s without its id is refused, and told where', async (resource, action, data, path) => {
    const { reply } = await takeHook({ resource, action, data });
    expect(reply).toMatchObject({ status: 422, body: { errors: [{ path }] } });
  });

  it('needs no title to open an incident, and says that there was none', async () => {
    const data = issue({ title: null });
    const { signals, receipt } = await takeHook({ resource: 'issue', action: 'created', data });
    expect(signals[0]?.fields.title).toBe('Sentry issue WEB-4Q');
    expect(receipt.warnings).toEqual(['there is no title']);
  });
});
