import { describe, expect, it } from 'vitest';
import { bodyOf, fixturesOf } from '../../support/inbound-fixture.ts';
import { createMemoryFold } from '../../support/memory-fold.ts';
import { expectAsFixture, onlySignalOf, takeFixture, takeWebhook } from '../../support/provider-bench.ts';

const alert = (over: object = {}) => ({
  status: 'firing',
  labels: { alertname: 'DiskWillFill', severity: 'critical', service: 'orders-db' },
  annotations: { summary: 'orders-db disk full in 4 h' },
  startsAt: '2026-03-08T06:30:00+01:00',
  endsAt: '0001-01-01T00:00:00Z',
  generatorURL: 'https://grafana.example/alerting/grafana/fe12ab/view',
  dashboardURL: 'https://grafana.example/d/stor01',
  fingerprint: 'd9b2',
  ...over,
});
const group = (alerts: unknown, over: object = {}) => ({ version: '1', orgId: 3, alerts, ...over });

const take = (body: unknown) => takeWebhook('grafana', body);
const onlySignal = (one: object, over: object = {}) => onlySignalOf('grafana', group([one], over));

describe.each(fixturesOf('grafana').map((fixture) => [fixture.name, fixture] as const))(
  '%s',
  (_name, fixture) => {
    it('comes to what it says', async () => {
      const taken = await takeFixture(fixture);
      expectAsFixture(fixture, taken);
      expect(taken.receipt.verifiedWith).toBe('signature');
    });

    it.each(['one byte', 'a BOM'])('with %s more than was signed is refused with 401', async (what) => {
      const more =
        what === 'one byte' ? [bodyOf(fixture), Buffer.from(' ')] : [Buffer.from('\ufeff'), bodyOf(fixture)];
      expect((await takeFixture(fixture, { body: Buffer.concat(more) })).reply.status).toBe(401);
    });
  },
);

describe('an alert', () => {
  it('is told by organisation, fingerprint and start', async () => {
    expect((await onlySignal(alert())).key.externalKey).toBe('3/d9b2/2026-03-08T05:30:00.000Z');
    const others = [{ orgId: 4 }, { orgId: '4' }, { orgId: undefined }];
    const keys = await Promise.all(
      others.map(async (over) => (await onlySignal(alert(), over)).key.externalKey),
    );
    expect(keys).toEqual([
      '4/d9b2/2026-03-08T05:30:00.000Z',
      '4/d9b2/2026-03-08T05:30:00.000Z',
      'd9b2/2026-03-08T05:30:00.000Z',
    ]);
  });

  it('that ended in the year 1 is resolved when that is received, whichever came first', async () => {
    const firing = await onlySignal(alert());
    const resolved = await onlySignal(alert({ status: 'resolved' }));
    expect(resolved).toMatchObject({ kind: 'RESOLVE', occurredAt: null, claimedAt: null });
    for (const order of [
      [firing, resolved],
      [resolved, firing],
      [resolved, firing, resolved, firing],
    ]) {
      const fold = createMemoryFold();
      fold.clock.now = new Date('2026-03-08T07:00:00Z');
      for (const signal of order) await fold.receive(signal);
      expect(fold.incidents().map(({ incident }) => incident)).toMatchObject([
        { status: 'RESOLVED', openedAt: new Date('2026-03-08T05:30:00Z'), resolvedAt: fold.clock.now },
      ]);
      const [state] = fold.incidents();
      expect(fold.timeline(state?.incident.id ?? '').map(({ kind }) => kind)).toEqual(['OPENED', 'RESOLVED']);
    }
  });

  it('says why it ended, where Grafana does', async () => {
    const annotations = { grafana_state_reason: 'MissingSeries' };
    expect((await onlySignal(alert({ status: 'resolved', annotations }))).text).toBe('MissingSeries');
    expect((await onlySignal(alert({ annotations }))).text).toBe('DiskWillFill');
  });

  it.each([
    ['DatasourceNoData', 'No data: Disk will fill'],
    ['DatasourceError', 'Error: Disk will fill'],
    ['Other', 'orders-db disk full in 4 h'],
  ])('%s has the title "%s"', async (alertname, title) => {
    const labels = { alertname, rulename: 'Disk will fill', severity: 'high' };
    expect((await onlySignal(alert({ labels }))).fields).toMatchObject({ title, severity: 'HIGH' });
  });

  it('links to its rule, else its dashboard, else its panel', async () => {
    expect((await onlySignal(alert())).fields.url).toContain('/view');
    expect((await onlySignal(alert({ generatorURL: '' }))).fields.url).toContain('/d/stor01');
    const panel = { generatorURL: null, dashboardURL: ' ', panelURL: 'https://grafana.example/p' };
    expect((await onlySignal(alert(panel))).fields.url).toBe('https://grafana.example/p');
  });

  it.each([
    ['critical', 'CRITICAL', 0],
    ['error', 'HIGH', 0],
    ['warning', 'MEDIUM', 0],
    ['low', 'LOW', 0],
    ['none', 'INFO', 0],
    ['sky high', 'MEDIUM', 1],
  ])('with the severity %s is %s', async (word, severity, warnings) => {
    const { signals, receipt } = await take(group([alert({ labels: { severity: word } })]));
    expect(signals[0]?.fields.severity).toBe(severity);
    expect(receipt.warnings).toHaveLength(warnings);
  });
});

describe('a body', () => {
  it('of the button "Test" opens nothing, and says so to whoever looks', async () => {
    const labels = { alertname: 'TestAlert', instance: 'Grafana' };
    const { verdict, reply } = await take(group([alert({ labels, fingerprint: '57c6d9296de2ad39' })]));
    expect(verdict).toMatchObject({ outcome: 'IGNORED', reason: expect.stringContaining('TestAlert') });
    expect(reply.status).toBe(202);
  });

  it("of legacy alerting, or of people's own, is ignored, with the reason", async () => {
    const legacy = {
      title: '[Alerting] Disk',
      ruleId: 7,
      ruleName: 'Disk',
      state: 'alerting',
      evalMatches: [],
    };
    for (const body of [legacy, { text: 'Disk' }, [], null, 4]) {
      const { reply, reason } = await take(body);
      expect(reply.status).toBe(202);
      expect(reason).toMatch(/custom payload.*Legacy/);
    }
  });
});
