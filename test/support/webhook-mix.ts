import type { IntakeRequest } from '../../src/inbound/intake.ts';
import type { JsonValue } from '../../src/kernel/canonical-json.ts';
import { allFixtures, bodyOf, requestOf } from './inbound-fixture.ts';

type Draw = (below: number) => number;
type Template = (n: number, draw: Draw) => Partial<IntakeRequest> & { provider: string; body: Buffer };

/** Numbers that look drawn, the same in every run. */
function createDraw(): Draw {
  let state = 42;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

const json = (value: JsonValue): Buffer => Buffer.from(JSON.stringify(value));
const time = (draw: Draw): string =>
  new Date(Date.parse('2026-03-04T05:00:00Z') + draw(3_600_000)).toISOString();
const STATUSES = ['triggered', 'triggered', 'acknowledged', 'resolved', 'resolved'] as const;
const KEYS = 150;

const fixtures = allFixtures().filter(
  ({ bodyRepeat, provider }) => bodyRepeat === undefined && provider !== 'sns',
);

const TEMPLATES: Template[] = [
  (n, draw) => ({
    provider: 'generic',
    body: json({
      title: `outage ${n}`,
      dedup_key: `key-${draw(KEYS)}`,
      status: STATUSES[draw(5)] ?? null,
      severity: ['critical', 'high', 'low'][draw(3)] ?? null,
      ...(draw(2) === 0 && { occurred_at: time(draw) }),
      ...(draw(9) === 0 && { occurred_at: '2099-01-01T00:00:00Z' }),
    }),
  }),
  (n, draw) => ({ provider: 'generic', body: json({ title: `without a key ${draw(2) === 0 ? n : 0}` }) }),
  (n, draw) => ({
    provider: 'generic',
    headers: { 'idempotency-key': `once-${draw(500)}` },
    body: json({ title: `once ${draw(2) === 0 ? n : 0}` }),
  }),
  (n, draw) => ({
    provider: 'pagerduty',
    headers: draw(2) === 0 ? { 'x-webhook-id': `delivery-${n}` } : {},
    body: json({
      event: {
        id: `event-${draw(4) === 0 ? draw(n + 1) : n}`,
        event_type: `incident.${['triggered', 'acknowledged', 'unacknowledged', 'resolved', 'reopened', 'priority_updated', 'annotated'][draw(7)]}`,
        occurred_at: time(draw),
        data: {
          id: `P${draw(KEYS)}`,
          type: 'incident',
          title: `incident ${n}`,
          urgency: draw(2) === 0 ? 'high' : 'low',
        },
      },
    }),
  }),
  (n, draw) => ({
    provider: 'pagerduty',
    body: json({
      messages: Array.from({ length: 1 + draw(3) }, () => ({
        event: `incident.${['triggered', 'acknowledged', 'resolved'][draw(3)]}`,
        incident: { id: `G${draw(KEYS)}`, title: `guide ${n}`, urgency: 'high' },
      })),
    }),
  }),
  (n, draw) => ({
    provider: 'alertmanager',
    body: json({
      version: '4',
      groupKey: `group-${draw(20)}`,
      status: 'firing',
      receiver: 'opslens',
      alerts: Array.from({ length: 1 + draw(4) }, () => ({
        status: draw(3) === 0 ? 'resolved' : 'firing',
        labels: { alertname: `Alert${draw(9)}`, severity: draw(2) === 0 ? 'critical' : 'warning' },
        annotations: { summary: `alert ${n}` },
        startsAt: '2026-03-07T10:00:00Z',
        endsAt: '2026-03-07T10:30:00Z',
        fingerprint: `f${draw(KEYS)}`,
      })),
    }),
  }),
  (n, draw) => {
    const [fixture] = fixtures.filter(({ name }) => name === 'github-deployment-status-success');
    if (fixture === undefined) throw new Error('no such fixture');
    const request = requestOf(fixture);
    const body = bodyOf(fixture)
      .toString()
      .replaceAll('3300450011', `33${draw(KEYS)}`);
    const state = ['success', 'failure', 'in_progress'][draw(3)] ?? '';
    return {
      ...request,
      headers: { ...request.headers, 'x-github-delivery': `guid-${draw(9) === 0 ? draw(n + 1) : n}` },
      body: Buffer.from(body.replace('"success"', `"${state}"`)),
    };
  },
  (_n, draw) => ({ provider: 'generic', body: Buffer.from(draw(2) === 0 ? '{"tit' : '[]') }),
  (_n, draw) => {
    const fixture = fixtures[draw(fixtures.length)];
    if (fixture === undefined) throw new Error('no fixtures');
    return requestOf(fixture);
  },
];

/** Webhooks of all shapes, which open, change, repeat, resolve, duplicate, mean nothing, or cannot be read. */
export function webhookMix(count: number): IntakeRequest[] {
  const draw = createDraw();
  return Array.from({ length: count }, (_, n): IntakeRequest => {
    const template = TEMPLATES[n % TEMPLATES.length];
    if (template === undefined) throw new Error('no templates');
    const more = { sourceName: null, token: null, headers: {}, query: new URLSearchParams() };
    return { ...more, ...template(n, draw) };
  });
}
