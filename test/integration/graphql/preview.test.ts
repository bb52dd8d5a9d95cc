import { expect, test } from 'vitest';
import { startGraphqlApp } from './graphql-app.ts';

const PREVIEW = `query($input: PreviewWebhookInput!) { previewWebhook(input: $input) {
  provider source outcome reason warnings wouldAnswer duplicateOf { id }
  signals { kind externalKey occurredAt claimedAt title description severity service url source text actor }
  incidents { effect snapshot { incidentId title severity status triggerCount } incident { id status }
    entries { entryId kind text occurredAt } events { type changes { field from to } } }
  deployments { effect deploymentId kind repository service title sha url author environment outcome occurredAt }
} }`;

const trigger = JSON.stringify({
  event: {
    id: 'E1',
    event_type: 'incident.triggered',
    occurred_at: '2026-03-01T10:00:00Z',
    data: { id: 'P1', type: 'incident', title: 'Checkout is down', urgency: 'high' },
  },
});
const merged = JSON.stringify({
  action: 'closed',
  pull_request: {
    number: 7,
    merged: true,
    merged_at: '2026-03-01T09:50:00Z',
    merge_commit_sha: 'a'.repeat(40),
    title: 'Cut retries',
    html_url: 'https://github.com/acme/checkout/pull/7',
  },
  repository: { full_name: 'acme/checkout' },
});

test('a webhook is tried out without a signature, and nothing of it is kept', async () => {
  const app = await startGraphqlApp();
  const { data, errors } = await app.ask(PREVIEW, { input: { provider: 'pagerduty', body: trigger } });
  expect(errors).toBeUndefined();
  expect(data.previewWebhook).toMatchObject({
    provider: 'pagerduty',
    source: 'pagerduty',
    outcome: 'APPLIED',
    reason: null,
    warnings: [],
    wouldAnswer: 200,
    duplicateOf: null,
    signals: [
      {
        kind: 'TRIGGER',
        externalKey: 'P1',
        occurredAt: '2026-03-01T10:00:00.000Z',
        title: 'Checkout is down',
        severity: 'HIGH',
        url: null,
      },
    ],
    incidents: [
      {
        effect: 'CREATED',
        snapshot: { title: 'Checkout is down', severity: 'HIGH', status: 'OPEN', triggerCount: 1 },
        incident: null,
        entries: [{ kind: 'OPENED', occurredAt: '2026-03-01T10:00:00.000Z' }],
        events: [{ type: 'INCIDENT_CREATED', changes: [] }],
      },
    ],
    deployments: [],
  });
  const stored = await app.ask('{ incidents { nodes { id } } receipts { nodes { id } } }');
  expect(stored.data).toEqual({ incidents: { nodes: [] }, receipts: { nodes: [] } });
});

test('headers count as they do over HTTP, whatever the case of their names', async () => {
  const app = await startGraphqlApp();
  const headers = [{ name: 'X-GitHub-Event', value: 'pull_request' }];
  const { data, errors } = await app.ask(PREVIEW, { input: { provider: 'github', headers, body: merged } });
  expect(errors).toBeUndefined();
  expect(data.previewWebhook).toMatchObject({
    outcome: 'APPLIED',
    deployments: [
      {
        effect: 'CREATED',
        deploymentId: null,
        kind: 'PR_MERGED',
        repository: 'acme/checkout',
        service: 'checkout',
        title: 'Cut retries',
        occurredAt: '2026-03-01T09:50:00.000Z',
      },
    ],
  });
  const ping = [{ name: 'x-github-EVENT', value: 'ping' }];
  const other = await app.ask(PREVIEW, { input: { provider: 'github', headers: ping, body: merged } });
  expect(other.data.previewWebhook).toMatchObject({
    outcome: 'IGNORED',
    wouldAnswer: 202,
    deployments: [],
  });
});

test('what would be refused says so, and an unknown sender is a mistake of whoever asks', async () => {
  const app = await startGraphqlApp();
  const ask = (input: object) => app.ask(PREVIEW, { input });
  expect((await ask({ provider: 'generic', body: 'x' })).data.previewWebhook).toMatchObject({
    outcome: 'REJECTED',
    wouldAnswer: 400,
    reason: expect.stringContaining('not JSON'),
    signals: [],
    incidents: [],
  });
  expect((await ask({ provider: 'pagerduty', body: ' '.repeat(300_000) })).data.previewWebhook).toMatchObject(
    {
      outcome: 'REJECTED',
      wouldAnswer: 413,
    },
  );
  for (const input of [
    { provider: 'nobody', body: '{}' },
    { provider: 'constructor', body: '{}' },
    { provider: 'github', source: 'no-such-source', body: '{}' },
    { provider: 'generic', headers: [{ name: '', value: 'x' }], body: '{}' },
    {
      provider: 'generic',
      headers: Array.from({ length: 101 }, () => ({ name: 'a', value: 'b' })),
      body: '{}',
    },
  ]) {
    const { errors } = await ask(input);
    expect(errors?.[0]?.extensions['code'], JSON.stringify(input).slice(0, 80)).toBe('BAD_USER_INPUT');
  }
});

test('an operation tries out at most four webhooks', async () => {
  const app = await startGraphqlApp();
  const many = (times: number) =>
    `query($input: PreviewWebhookInput!) { ${Array.from({ length: times }, (_, n) => `p${n}: previewWebhook(input: $input) { outcome }`).join(' ')} }`;
  const input = { provider: 'generic', body: '{"title":"x"}' };
  const { errors } = await app.ask(many(5), { input });
  expect(errors?.[0]?.extensions['code']).toBe('TOO_COMPLEX');
  expect((await app.ask(many(4), { input })).errors).toBeUndefined();
});
