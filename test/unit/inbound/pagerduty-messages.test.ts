import { describe, expect, it } from 'vitest';
import { readFixture, requestOf } from '../../support/inbound-fixture.ts';
import { onlySignalOf, takeWebhook } from '../../support/provider-bench.ts';

const AT = { now: new Date('2026-03-07T00:00:00.000Z') };
/** Sent by somebody who need not prove anything. */
const post = (body: unknown) => takeWebhook('pagerduty', JSON.stringify(body), AT);
const onlySignal = (body: unknown) => onlySignalOf('pagerduty', JSON.stringify(body), AT);

const bodyOfFixture = (name: string): unknown => JSON.parse(requestOf(readFixture(name)).body.toString());

const v2 = (event: string, incident: object = {}, message: object = {}) => ({
  messages: [
    {
      id: 'm-1',
      event,
      created_on: '2026-03-05T14:00:00Z',
      incident: { id: 'PINC', ...incident },
      ...message,
    },
  ],
});

describe("V2 and the guide's form", () => {
  it.each([
    ['incident.trigger', 'TRIGGER'],
    ['incident.acknowledge', 'ACKNOWLEDGE'],
    ['incident.unacknowledge', 'UNACKNOWLEDGE'],
    ['incident.resolve', 'RESOLVE'],
    ['incident.assign', 'NOTE'],
    ['incident.escalate', 'NOTE'],
    ['incident.delegate', 'NOTE'],
    ['incident.annotate', 'NOTE'],
  ])('%s is a signal of kind %s at the time of the message', async (event, kind) => {
    expect(await onlySignal(v2(event))).toMatchObject({
      kind,
      tie: 'm-1',
      occurredAt: new Date('2026-03-05T14:00:00Z'),
    });
  });

  it('takes what was reported from the log entry, since the description only repeats the title', async () => {
    const { fields } = await onlySignal(bodyOfFixture('pagerduty-v2-trigger'));
    expect(fields).toMatchObject({
      title: 'Checkout error rate high',
      description: '5xx share 7.4 % over 5 min',
      service: 'checkout-api',
      url: 'https://lumen-shop.pagerduty.example/incidents/PV2INC1',
    });
  });

  it('shows details that are an object line by line', async () => {
    const log_entries = [{ channel: { details: { load: '97 %', hosts: [1, 2] } } }];
    expect((await onlySignal(v2('incident.trigger', {}, { log_entries }))).fields.description).toBe(
      'load: 97 %\nhosts: [1,2]',
    );
  });

  it('warns where PagerDuty left the details out', async () => {
    const log_entries = [{ channel: { details: null, details_omitted: true } }];
    const { receipt } = await post(v2('incident.trigger', { title: 'x' }, { log_entries }));
    expect(receipt.warnings).toEqual([
      'PagerDuty left the details out: the webhook would have been too large',
    ]);
  });

  it.each([
    [{ channel: { content: 'Rolled back', summary: 'a' } }, 'Rolled back'],
    [{ channel: { summary: 'Rolled back' } }, 'Rolled back'],
    [{ summary: 'Rolled back' }, 'Rolled back'],
    [{}, 'Note added'],
  ])('finds the text of a note in %j', async (entry, text) => {
    expect((await onlySignal(v2('incident.annotate', {}, { log_entries: [entry] }))).text).toBe(text);
  });

  it('takes all messages of a body, in order, and passes over those it does not know', async () => {
    const two = bodyOfFixture('pagerduty-v2-two-messages') as { messages: unknown[] };
    const unknown = { event: 'incident.review', incident: { id: 'PV2INC2' } };
    const { verdict, receipt, dedupKey } = await post({
      messages: [two.messages[0], unknown, two.messages[1]],
    });
    expect(verdict).toMatchObject({ signals: [{ kind: 'TRIGGER' }, { kind: 'ACKNOWLEDGE' }] });
    expect(receipt.warnings).toEqual(['the event "incident.review" is not acted on']);
    expect(dedupKey).toBeNull();
  });

  it('lists what is wrong in every message, and takes none of them', async () => {
    const { reply } = await post({
      messages: [
        { event: 'incident.trigger' },
        { event: 'incident.resolve', incident: { id: '', title: 1, description: [] } },
        { incident: { id: 'x' } },
        v2('incident.trigger').messages[0],
      ],
    });
    expect(reply.status).toBe(422);
    const errors = reply.body['errors'] as { path: string }[];
    expect(errors.map(({ path }) => path)).toEqual([
      'messages.0.incident',
      'messages.1.incident.id',
      'messages.1.incident.title',
      'messages.1.incident.description',
      'messages.2.event',
    ]);
  });

  it("gives the guide's form no time, and a tie from what it says alone", async () => {
    const [first, second] = await Promise.all([
      onlySignal(bodyOfFixture('pagerduty-guide-triggered')),
      onlySignal(bodyOfFixture('pagerduty-guide-triggered')),
    ]);
    expect(first).toMatchObject({
      occurredAt: null,
      claimedAt: null,
      fields: { title: 'High CPU usage', description: 'CPU at 95%', severity: 'HIGH' },
    });
    expect(first.tie).toBe(second.tie);
    expect((await post(bodyOfFixture('pagerduty-guide-triggered'))).dedupKey).toBeNull();
  });

  it('passes over a time that it cannot read, with a warning', async () => {
    const { verdict, receipt } = await post(v2('incident.resolve', {}, { created_on: '5 March' }));
    expect(verdict).toMatchObject({ signals: [{ occurredAt: null }] });
    expect(receipt.warnings).toEqual([expect.stringContaining('messages.0.created_on')]);
  });

  it('keeps the claim of a clock that is ahead', async () => {
    const claimed = '2027-01-01T00:00:00Z';
    expect(await onlySignal(v2('incident.resolve', {}, { created_on: claimed }))).toMatchObject({
      occurredAt: new Date('2026-03-07T00:00:00.000Z'),
      claimedAt: new Date(claimed),
    });
  });

  it('leaves out a link that a browser must not follow', async () => {
    const { verdict, receipt } = await post(
      v2('incident.trigger', { title: 'x', html_url: 'javascript:alert(1)' }),
    );
    expect(verdict.outcome === 'APPLIED' && verdict.signals[0]?.fields).not.toHaveProperty('url');
    expect(receipt.warnings).toHaveLength(1);
  });

  it('tells V1 what to do instead', async () => {
    const { verdict, reply } = await post(bodyOfFixture('pagerduty-v1-form'));
    expect(verdict).toMatchObject({
      outcome: 'IGNORED',
      reason: expect.stringMatching(/V1.*V3 webhook subscription/s),
    });
    expect(reply.status).toBe(202);
  });

  it.each([[[]], [{}], ['x'], [5], [null], [{ messages: [] }], [{ messages: 'x' }], [{ event: 'x' }]])(
    'ignores a body of no known form: %j',
    async (body) => {
      expect((await post(body)).verdict.outcome).toBe('IGNORED');
    },
  );
});
