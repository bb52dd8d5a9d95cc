import { describe, expect, it } from 'vitest';
import { SEVERITY_WORDS } from '../../../src/domain/severity-word.ts';
import { describeFixturesOf, onlySignalOf, takeWebhook } from '../../support/provider-bench.ts';

const alert = (over: object = {}) => ({
  status: 'firing',
  labels: { alertname: 'CartErrors', severity: 'critical', service: 'cart', instance: 'cart-1' },
  annotations: { summary: 'Cart fails', description: 'For ten minutes' },
  startsAt: '2026-03-07T10:00:00.123456789Z',
  endsAt: '0001-01-01T00:00:00Z',
  generatorURL: 'https://prometheus.example/graph',
  fingerprint: 'c1a1',
  ...over,
});
const resolved = (over: object = {}) =>
  alert({ status: 'resolved', endsAt: '2026-03-07T10:25:00.9Z', ...over });
const group = (alerts: unknown, over: object = {}) => ({ version: '4', groupKey: '{}', alerts, ...over });

const take = (body: unknown) => takeWebhook('alertmanager', body);
const onlySignal = (one: object, over: object = {}) => onlySignalOf('alertmanager', group([one], over));

describeFixturesOf('alertmanager');

describe('an alert', () => {
  it('opens an incident of its fingerprint and start, with the fields of its labels and annotations', async () => {
    expect(await onlySignal(alert())).toMatchObject({
      kind: 'TRIGGER',
      key: { externalKey: 'c1a1/2026-03-07T10:00:00.123Z', reuse: 'ONCE', synthetic: false },
      occurredAt: new Date('2026-03-07T10:00:00.123Z'),
      claimedAt: null,
      text: 'CartErrors',
      fields: {
        title: 'Cart fails',
        description: 'For ten minutes',
        severity: 'CRITICAL',
        service: 'cart',
        url: 'https://prometheus.example/graph',
      },
    });
  });

  it('resolves that incident when it ended', async () => {
    expect(await onlySignal(resolved())).toMatchObject({
      kind: 'RESOLVE',
      key: { externalKey: 'c1a1/2026-03-07T10:00:00.123Z', reuse: 'ONCE' },
      occurredAt: new Date('2026-03-07T10:25:00.900Z'),
    });
  });

  it.each([
    ['no time', { endsAt: '0001-01-01T00:00:00Z' }, null],
    ['nothing', { endsAt: undefined }, null],
    ['something else', { endsAt: 'soon' }, null],
    // The resolve would sort before the trigger, and the incident would stay open for ever.
    ['a time before its start', { endsAt: '2026-03-07T09:00:00Z' }, new Date('2026-03-07T10:00:00.123Z')],
  ])('that says %s as its end is resolved all the same', async (_what, over, occurredAt) => {
    expect(await onlySignal(resolved(over))).toMatchObject({ kind: 'RESOLVE', occurredAt });
  });

  it('is the same incident in another group, with another offset, or with other labels beside it', async () => {
    const keys = await Promise.all([
      onlySignal(alert()),
      onlySignal(alert(), { groupKey: '{}/{team="db"}:{}', receiver: 'other' }),
      onlySignal(alert({ startsAt: '2026-03-07T11:00:00.123456789+01:00' })),
    ]);
    expect(new Set(keys.map(({ key, tie }) => `${key.externalKey} ${tie}`)).size).toBe(1);
  });

  it('of old versions, which give no fingerprint, is told by its labels in any order', async () => {
    const one = await onlySignal(
      alert({ fingerprint: undefined, labels: { alertname: 'A', b: '1', c: '2' } }),
    );
    const same = await onlySignal(alert({ fingerprint: ' ', labels: { c: '2', b: '1', alertname: 'A' } }));
    const other = await onlySignal(alert({ fingerprint: null, labels: { alertname: 'A', b: '2', c: '2' } }));
    expect(one.key.externalKey).toMatch(/^labels:[0-9a-f]{32}\/2026-03-07T10:00:00.123Z$/);
    expect(same.key).toEqual(one.key);
    expect(other.key.externalKey).not.toBe(one.key.externalKey);
  });

  it('without a start belongs to whatever episode of its fingerprint is open', async () => {
    for (const startsAt of [undefined, '0001-01-01T00:00:00Z', 'x']) {
      expect(await onlySignal(alert({ startsAt }))).toMatchObject({
        key: { externalKey: 'c1a1', reuse: 'EPISODES' },
        occurredAt: null,
      });
    }
  });

  it('is named by its summary, else its alertname, else its fingerprint with a warning', async () => {
    expect((await onlySignal(alert({ annotations: null }))).fields.title).toBe('CartErrors');
    const { signals, receipt } = await take(group([alert({ annotations: {}, labels: {} })]));
    expect(signals[0]?.fields.title).toBe('Alert c1a1');
    expect(receipt.warnings).toEqual(['an alert has neither a summary nor an alertname']);
    expect((await onlySignal(resolved({ annotations: {}, labels: {} }))).fields).not.toHaveProperty('title');
  });

  it.each([
    [{ generatorURL: '' }, 'https://alertmanager.example'],
    [{ generatorURL: 'prometheus:9090/graph' }, 'https://alertmanager.example'],
    [{}, 'https://prometheus.example/graph'],
  ])('%j links to the page that shows it: %s', async (over, url) => {
    const { fields } = await onlySignal(alert(over), { externalURL: 'https://alertmanager.example' });
    expect(fields.url).toBe(url);
  });

  it.each([
    [{ service: 'cart', app: 'shop' }, 'cart'],
    [{ service_name: 'cart' }, 'cart'],
    [{ app: 'cart' }, 'cart'],
    [{ job: 'node-exporter' }, undefined],
  ])('with the labels %j is of the service %s', async (labels, service) => {
    expect((await onlySignal(alert({ labels }))).fields.service).toBe(service);
  });
});

describe('the label severity', () => {
  it.each([
    ['critical', 'CRITICAL', 0],
    ['page', 'CRITICAL', 0],
    ['error', 'HIGH', 0],
    ['high', 'HIGH', 0],
    ['major', 'HIGH', 0],
    ['warning', 'MEDIUM', 0],
    ['Medium', 'MEDIUM', 0],
    ['minor', 'MEDIUM', 0],
    ['low', 'LOW', 0],
    ['INFO', 'INFO', 0],
    ['none', 'INFO', 0],
    ['debug', 'INFO', 0],
    ['catastrophic', 'MEDIUM', 1],
    ['', undefined, 0],
    [undefined, undefined, 0],
    [7, undefined, 0],
  ])('%s is %s', async (word, severity, warnings) => {
    const { signals, receipt } = await take(group([alert({ labels: { severity: word } })]));
    expect(signals[0]?.fields.severity).toBe(severity);
    expect(receipt.warnings).toHaveLength(warnings);
  });

  it('is read with every word that the test route shows', async () => {
    for (const [severity, words] of Object.entries(SEVERITY_WORDS)) {
      for (const word of words) {
        expect((await onlySignal(alert({ labels: { severity: word } }))).fields.severity).toBe(severity);
      }
    }
  });
});

describe('a group', () => {
  it('is taken but for what is not known in it, which is said once', async () => {
    const { signals, receipt } = await take(
      group([
        alert(),
        alert({ status: 'pending', fingerprint: 'c1a2' }),
        alert({ status: 'pending', fingerprint: 'c1a3' }),
        alert({ status: undefined }),
        resolved({ fingerprint: 'c1a4', labels: { severity: 'odd' } }),
        resolved({ fingerprint: 'c1a5', labels: { severity: 'odd' } }),
      ]),
    );
    expect(signals.map(({ key }) => key.externalKey.slice(0, 4))).toEqual(['c1a1', 'c1a4', 'c1a5']);
    expect(receipt.warnings).toEqual([
      'severity "odd" is not understood: MEDIUM is assumed',
      'an alert of the status "pending" is passed over: firing and resolved are known',
      'an alert without a status is passed over',
    ]);
  });

  it('tells a few of its faults where all alerts have one', async () => {
    const with100 = (over: (index: number) => object) =>
      take(
        group(Array.from({ length: 100 }, (_, index) => alert({ fingerprint: `f${index}`, ...over(index) }))),
      );
    const odd = await with100((index) => ({ labels: { severity: `odd ${index}` }, endsAt: 'never' }));
    expect(odd.signals).toHaveLength(100);
    expect(odd.receipt.warnings).toHaveLength(21);
    expect(odd.receipt.warnings.at(-1)).toBe('and 80 more remarks');
    expect((await with100((index) => ({ status: `odd ${index}` }))).reason).toMatch(/; and 80 more remarks$/);
    expect((await with100(() => ({ fingerprint: 1, labels: {} }))).reply.body['errors']).toHaveLength(20);
    expect((await with100(() => ({ startsAt: 'once' }))).receipt.warnings).toHaveLength(1);
  });

  it('says how many alerts were left out of it', async () => {
    const { signals, receipt } = await take(group([alert()], { truncatedAlerts: 37 }));
    expect(signals).toHaveLength(1);
    expect(receipt.warnings).toEqual([expect.stringContaining('left 37 alerts of this group out')]);
    expect((await take(group([], { truncatedAlerts: 37 }))).reason).toContain('37 alerts');
  });

  it('of thousands is taken whole; one that no transaction would take is refused, and says what to set', async () => {
    const many = (count: number) =>
      group(Array.from({ length: count }, (_, index) => alert({ fingerprint: `f${index}` })));
    expect((await take(many(5000))).signals).toHaveLength(5000);
    const { reply } = await take(group(Array.from({ length: 5001 }, () => ({}))));
    expect(reply.status).toBe(422);
    expect(reply.body['errors']).toMatchObject([
      { path: 'alerts', message: expect.stringContaining('max_alerts') },
    ]);
  });

  it.each([
    [[{ status: 'firing' }], ['alerts.0.fingerprint']],
    [[alert(), { status: 'resolved', labels: { count: 3 } }], ['alerts.1.fingerprint']],
    [
      ['down', alert(), null],
      ['alerts.0', 'alerts.2'],
    ],
  ])('in which an alert does not say which one it is, is refused: %j', async (alerts, paths) => {
    const { reply } = await take(group(alerts));
    expect(reply.status).toBe(422);
    expect(reply.body['errors']).toMatchObject(paths.map((path) => ({ path })));
  });

  it('without an alert in it is ignored, with the reason', async () => {
    expect((await take(group([]))).reason).toBe('the list `alerts` is empty');
  });

  it.each([[{ text: 'CartErrors fires' }], [group(null)], [group({})], [[alert()]], ['"a text"'], [null]])(
    'that people replaced by a body of their own is ignored, and the reason says why: %j',
    async (body) => {
      const { reply, reason } = await take(body);
      expect(reply.status).toBe(202);
      expect(reason).toMatch(/no list `alerts`.*payload/);
    },
  );

  it('opens nothing for a test notification of Grafana, but does for alerts that people call a test', async () => {
    const labels = { alertname: 'TestAlert', instance: 'Grafana' };
    const test = await take(group([alert({ labels })]));
    expect(test.reply).toMatchObject({
      status: 202,
      body: { reason: expect.stringContaining('the webhook works') },
    });
    expect(await onlySignal(alert({ labels: { ...labels, instance: 'db-1' } }))).toMatchObject({
      kind: 'TRIGGER',
    });
  });
});
