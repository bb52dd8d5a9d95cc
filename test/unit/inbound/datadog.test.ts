import { describe, expect, it } from 'vitest';
import { describeFixturesOf, onlySignalOf, takeWebhook } from '../../support/provider-bench.ts';

const alert = (over: object = {}) => ({
  id: '7788990000000000001',
  title: '[P2] [Triggered] Too few checkout hosts',
  body: '%%%\nHost count below 3\n%%%',
  alert_id: '88123',
  alert_transition: 'Triggered',
  alert_type: 'error',
  alert_priority: 'P2',
  alert_cycle_key: '5544332211009988776',
  aggreg_key: 'aa11bb22',
  alert_scope: 'env:prod,service:checkout',
  link: 'https://app.datadoghq.example/monitors/88123',
  tags: 'env:prod,monitor,service:checkout',
  date: '1772960400000',
  last_updated: '1772960400001',
  ...over,
});

const take = (over: object = {}) => takeWebhook('datadog', alert(over));
const onlySignal = (over: object = {}) => onlySignalOf('datadog', alert(over));

describeFixturesOf('datadog');

describe('an alert', () => {
  it('opens the incident of its cycle', async () => {
    expect(await onlySignal()).toMatchObject({
      kind: 'TRIGGER',
      key: { externalKey: '5544332211009988776', reuse: 'ONCE', synthetic: false },
      occurredAt: new Date(1772960400000),
      fields: {
        title: 'Too few checkout hosts',
        description: 'Host count below 3',
        severity: 'HIGH',
        service: 'checkout',
        url: 'https://app.datadoghq.example/monitors/88123',
      },
    });
  });

  it.each([
    ['Triggered', 'TRIGGER'],
    ['Re-Triggered', 'TRIGGER'],
    ['Warn', 'TRIGGER'],
    ['Re-Warn', 'TRIGGER'],
    ['No Data', 'TRIGGER'],
    ['Re-No Data', 'TRIGGER'],
    ['renotify', 'TRIGGER'],
    ['Recovered', 'RESOLVE'],
  ])('that is %s is a signal of kind %s', async (alert_transition, kind) => {
    expect((await onlySignal({ alert_transition })).kind).toBe(kind);
  });

  it('that recovered says nothing new of what it was', async () => {
    const fields = {
      alert_transition: 'Recovered',
      alert_type: 'success',
      alert_priority: '',
      body: 'Fine again',
    };
    const { severity, description, title } = (await onlySignal(fields)).fields;
    expect([severity, description, title]).toEqual([undefined, undefined, undefined]);
  });

  it.each(['', '$ALERT_CYCLE_KEY', null, undefined, 'null', ' '])(
    'whose cycle is %j is told by what events are aggregated by, again and again',
    async (alert_cycle_key) => {
      expect((await onlySignal({ alert_cycle_key })).key).toMatchObject({
        externalKey: 'aa11bb22',
        reuse: 'EPISODES',
      });
    },
  );

  it('with no key at all is refused, and says which one is missing', async () => {
    const { reply } = await take({ alert_cycle_key: '$ALERT_CYCLE_KEY', aggreg_key: '' });
    expect(reply.status).toBe(422);
    expect(reply.body['errors']).toMatchObject([
      { path: 'alert_cycle_key', message: expect.stringContaining('$ALERT_CYCLE_KEY') },
    ]);
  });

  it.each([
    [{ date: 1772960400000 }, 1772960400000],
    [{ date: '1772960400' }, 1772960400000],
    [{ date: '$DATE' }, 1772960400001],
    [{ date: '' }, 1772960400001],
    [{ date: '', last_updated: '$LAST_UPDATED' }, null],
  ])('with the times %j happened at %s', async (times, ms) => {
    expect((await onlySignal(times)).occurredAt?.getTime() ?? null).toBe(ms);
  });

  it('with a time that nobody can read is taken, with a warning', async () => {
    const { signals, receipt } = await take({ date: 'yesterday' });
    expect(signals[0]?.occurredAt).toEqual(new Date(1772960400001));
    expect(receipt.warnings).toEqual([expect.stringContaining('date is not')]);
  });

  it('reads numbers where the quotes were left out', async () => {
    const numbers = { id: 778899, alert_cycle_key: 554433, alert_priority: 1, date: 1772960400000 };
    expect(await onlySignal(numbers)).toMatchObject({
      key: { externalKey: '554433' },
      fields: { severity: 'CRITICAL' },
      tie: '778899 Triggered',
    });
  });

  it('takes no number for an id that JSON rounds: two events would be one', async () => {
    const unquoted = JSON.stringify(alert()).replaceAll(/"(\d{19})"/g, '$1');
    const { dedupKey, receipt, signals } = await takeWebhook('datadog', unquoted);
    expect(dedupKey).toBeNull();
    expect(receipt.deliveryId).toBeNull();
    expect(signals).toHaveLength(1);
    expect(receipt.warnings).toEqual([expect.stringContaining('put quotes around it')]);
  });

  it('is delivered once for each event and transition', async () => {
    const keys = await Promise.all(
      [{}, { alert_transition: 'Recovered' }, { id: '2' }].map(
        async (over) => (await take(over)).dedupKey?.value,
      ),
    );
    expect(keys).toEqual([
      'datadog:id:7788990000000000001 Triggered',
      'datadog:id:7788990000000000001 Recovered',
      'datadog:id:2 Triggered',
    ]);
    for (const id of ['', '$ID', '0', 0, null]) expect((await take({ id })).dedupKey).toBeNull();
  });

  it.each([
    ['env:prod,service:checkout', '', 'checkout'],
    [['env:prod', 'service:checkout'], '', 'checkout'],
    ['env:prod', 'service:cart,env:prod', 'cart'],
    ['$TAGS', 'service:', undefined],
    [{ service: 'x' }, 7, undefined],
  ])('with the tags %j and the scope %j is of the service %s', async (tags, alert_scope, service) => {
    expect((await onlySignal({ tags, alert_scope })).fields.service).toBe(service);
  });

  it.each([
    ['[P2] [Triggered] Too few hosts', 'Too few hosts'],
    ['[Re-Triggered on {host:web-1}] CPU high', 'CPU high on {host:web-1}'],
    ['[P1] [Warn on {service:cart,env:prod}] Slow', 'Slow on {service:cart,env:prod}'],
    ['[No data] [P5] Agent', 'Agent'],
    ['[Recovered] ', '[Recovered]'],
    ['[Team A] Disk', '[Team A] Disk'],
    ['Disk', 'Disk'],
  ])('called "%s" opens an incident called "%s"', async (title, shown) => {
    expect((await onlySignal({ title })).fields.title).toBe(shown);
  });

  it('without a title is named by its monitor, with a warning', async () => {
    const { signals, receipt } = await take({ title: '$EVENT_TITLE', body: '$EVENT_MSG' });
    expect(signals[0]?.fields).toMatchObject({ title: 'Datadog monitor 88123' });
    expect(signals[0]?.fields).not.toHaveProperty('description');
    expect(receipt.warnings).toEqual(['the alert has no title']);
  });
});

describe('severity', () => {
  it.each([
    ['P1', 'info', 'CRITICAL', 0],
    ['P2', 'error', 'HIGH', 0],
    ['p3', '', 'MEDIUM', 0],
    ['P4', '', 'LOW', 0],
    ['P5', 'error', 'INFO', 0],
    [2, '', 'HIGH', 0],
    ['$ALERT_PRIORITY', 'error', 'HIGH', 0],
    ['', 'warning', 'MEDIUM', 0],
    ['', 'info', 'INFO', 0],
    ['', 'success', undefined, 0],
    ['', '$ALERT_TYPE', undefined, 0],
    ['normal', 'error', 'HIGH', 1],
    ['normal', 'success', 'MEDIUM', 1],
    ['', 'catastrophe', 'MEDIUM', 1],
    ['normal', 'catastrophe', 'MEDIUM', 2],
  ])('of priority %j and type %j is %s', async (alert_priority, alert_type, severity, warnings) => {
    const { signals, receipt } = await take({ alert_priority, alert_type });
    expect(signals[0]?.fields.severity).toBe(severity);
    expect(receipt.warnings).toHaveLength(warnings);
  });
});

describe('what is not acted on', () => {
  it.each([
    [{ alert_transition: 'Muted' }, 'Muted'],
    [{ alert_transition: 'constructor' }, 'constructor'],
    [{ alert_transition: '$ALERT_TRANSITION' }, 'GET /api/v1/webhooks/test'],
    [{ alert_transition: '' }, 'no monitor alerts'],
  ])('%j is kept and ignored, with the reason', async (over, reason) => {
    const taken = await take(over);
    expect(taken.reply.status).toBe(202);
    expect(taken.reason).toContain(reason);
  });

  it.each([
    [{ id: '1', title: '[Triggered] CPU', body: 'x', date: '1772960400000', org: { id: '1' } }],
    [[alert()]],
    [null],
    [5],
  ])('a body without the template is ignored, and told where the template is: %j', async (body) => {
    const { reply, reason } = await takeWebhook('datadog', body);
    expect(reply.status).toBe(202);
    expect(reason).toContain('GET /api/v1/webhooks/test');
  });
});
