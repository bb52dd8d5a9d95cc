import { createHmac } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { askGraphql, subscribe } from '../support/graphql-client.ts';
import { OUTGOING_HEADINGS, openGuide } from '../support/guide.ts';
import { runCommand } from '../support/run-command.ts';
import { sendRequest } from '../support/send-request.ts';
import type { Answer } from '../support/send-request.ts';
import { openServerHome } from '../support/server-process.ts';
import type { ServerHome, ServerProcess } from '../support/server-process.ts';
import { testDatabaseUri } from '../support/test-database.ts';

// A guard against hanging; the promises have deadlines of their own.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SOON_MS = 15_000;
const SUPPORT = new URL('../support/', import.meta.url);

const guide = openGuide();
let home: ServerHome;
let server: ServerProcess;

beforeAll(async () => {
  home = await openServerHome({ MONGODB_URI: testDatabaseUri() });
  server = await home.start();
});
afterAll(() => home[Symbol.asyncDispose]());

/** Runs a block of the guide in a real shell, exactly as it is written but for the port. */
async function runShell(block: string): Promise<Record<string, unknown>> {
  const printed = await runCommand('bash', [
    '-c',
    block.replaceAll('localhost:8000', `localhost:${home.port}`),
  ]);
  return JSON.parse(printed) as Record<string, unknown>;
}

function post(provider: string, body: string, headers: Record<string, string> = {}): Promise<Answer> {
  return sendRequest(home.port, {
    method: 'POST',
    path: `/api/v1/webhooks/${provider}`,
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
}

async function readIncident(id: unknown): Promise<Record<string, unknown>> {
  const query = `query ($id: ID!) { incident(id: $id) {
    title description severity status source externalKey url timeline(first: 50) { nodes { kind text } }
  } }`;
  const { incident } = await askGraphql<{ incident: Record<string, unknown> | null }>(home.port, query, {
    id,
  });
  if (incident === null) throw new Error(`there is no incident ${String(id)}`);
  return incident;
}

describe('Incoming webhooks', () => {
  it('The curl of a generic webhook opens the incident that it describes, seen by a subscriber at once', async () => {
    await using live = await subscribe<{ events: { type: string; snapshot: { incidentId: string } } }>(
      home.port,
      'subscription { events(after: 0) { type snapshot { incidentId } } }',
    );
    const answer = await runShell(guide.take('Test Incoming Webhook', 'bash'));
    expect(answer).toMatchObject({ status: 'success', incident_id: expect.stringMatching(UUID) });
    expect(await readIncident(answer['incident_id'])).toMatchObject({
      title: 'Test Incident',
      description: 'Testing webhook',
      severity: 'MEDIUM',
      status: 'OPEN',
    });
    const isTold = ({ events }: (typeof live.received)[number]): boolean =>
      events.type === 'INCIDENT_CREATED' && events.snapshot.incidentId === answer['incident_id'];
    await live.until((received) => received.some(isTold), SOON_MS);
  });

  it('The curl of the test route says ok, and which events are supported', async () => {
    const answer = await runShell(guide.take('Test Webhook Endpoint', 'bash'));
    expect(answer).toMatchObject({ status: 'ok' });
    const text = JSON.stringify(answer);
    for (const known of [
      'github',
      'pagerduty',
      'generic',
      'pull_request',
      'incident.triggered',
      'incident.resolved',
    ])
      expect(text).toContain(known);
  });

  it('The curl of a merged pull request makes a deployment', async () => {
    const answer = await runShell(guide.take('Simulate GitHub Webhook', 'bash'));
    expect(answer).toMatchObject({ status: 'success', deployment_id: expect.stringMatching(UUID) });
    const query = `query ($id: ID!) { deployment(id: $id) { kind repository title } }`;
    const read = await askGraphql<object>(home.port, query, { id: answer['deployment_id'] });
    expect(read).toEqual({ deployment: { kind: 'PR_MERGED', repository: 'test/repo', title: 'Test PR' } });
  });

  it('The GitHub example is a deployment on the timeline of an open incident; a pull request not merged is ignored', async () => {
    const { json: opened } = await post('generic', '{"title": "Memory leak"}');
    const body = guide.take('GitHub Webhooks', 'json');
    const { status, json } = await post('github', body, { 'X-GitHub-Event': 'pull_request' });
    expect(status).toBe(200);
    expect(json).toMatchObject({ status: 'success', deployment_id: expect.stringMatching(UUID) });
    const { timeline } = await readIncident((opened as { incident_id: string }).incident_id);
    expect(timeline).toMatchObject({
      nodes: expect.arrayContaining([
        { kind: 'DEPLOYMENT', text: expect.stringContaining('Fix memory leak') },
      ]),
    });
    const unmerged = await post('github', body.replace('"merged": true', '"merged": false'), {
      'X-GitHub-Event': 'pull_request',
    });
    expect(unmerged.status).toBe(202);
    expect(unmerged.json).toMatchObject({ status: 'ignored', reason: expect.stringMatching(/./) });
  });

  it('The PagerDuty example opens an incident, and incident.resolved resolves that one', async () => {
    const body = guide.take('PagerDuty Webhooks', 'json');
    const triggered = await post('pagerduty', body);
    expect(triggered.status).toBe(200);
    const { incident_ids: ids } = triggered.json as { incident_ids: string[] };
    const fields = {
      title: 'High CPU usage',
      description: 'CPU at 95%',
      severity: 'HIGH',
      externalKey: 'ABC123',
      url: 'https://pagerduty.com/incidents/ABC123',
    };
    expect(await readIncident(ids[0])).toMatchObject({ ...fields, status: 'OPEN' });
    const resolved = await post('pagerduty', body.replace('incident.triggered', 'incident.resolved'));
    expect(resolved.json).toMatchObject({ status: 'success', incident_ids: ids });
    expect(await readIncident(ids[0])).toMatchObject({ ...fields, status: 'RESOLVED' });
  });

  it('The generic payload is answered as the guide says', async () => {
    const { status, json } = await post('generic', guide.take('Generic Webhooks', 'json', 0));
    const promised = JSON.parse(guide.take('Generic Webhooks', 'json', 1)) as Record<string, unknown>;
    expect(status).toBe(200);
    expect(json).toMatchObject({ ...promised, incident_id: expect.stringMatching(UUID) });
    expect(await readIncident((json as { incident_id: string }).incident_id)).toMatchObject({
      title: 'Incident Title',
      description: 'Incident description',
      severity: 'HIGH',
      source: 'custom-system',
    });
  });

  it('The Python of the Datadog integration opens incidents', async () => {
    const program = guide
      .take('Datadog Integration', 'python')
      .replace('https://opslens.com', `http://localhost:${home.port}`);
    const event = { id: '7788', title: 'p95 latency on cart', text: 'over 900 ms', alert_type: 'error' };
    const printed = await runCommand(
      'python3',
      [fileURLToPath(new URL('guide-sender.py', SUPPORT))],
      JSON.stringify({ program, event }),
    );
    const answer = JSON.parse(printed) as Record<string, unknown>;
    expect(answer).toMatchObject({ status: 'success' });
    expect(await readIncident(answer['incident_id'])).toMatchObject({
      title: event.title,
      description: event.text,
      severity: 'HIGH',
      source: 'datadog',
    });
  });

  it('The log has a line with the word webhook for each one received', async () => {
    const query = '{ receipts(first: 100) { nodes { id } } }';
    const { receipts } = await askGraphql<{ receipts: { nodes: { id: string }[] } }>(home.port, query);
    expect(receipts.nodes.length).toBeGreaterThan(5);
    await eventually(
      () => runCommand('grep', ['webhook'], server.output()),
      (lines) => receipts.nodes.every(({ id }) => lines.includes(id)),
      { withinMs: SOON_MS, what: 'a line about each webhook' },
    );
  });

  it('With the optional secrets set, only senders who know them are believed', async () => {
    await using secured = await openServerHome({
      MONGODB_URI: testDatabaseUri(),
      GENERIC_WEBHOOK_SECRET: 'generic secret',
      GITHUB_WEBHOOK_SECRET: 'github secret',
    });
    await secured.start();
    const ask = async (provider: string, headers: Record<string, string>, body: string): Promise<number> => {
      const path = `/api/v1/webhooks/${provider}`;
      return (await sendRequest(secured.port, { method: 'POST', path, headers, body })).status;
    };
    const generic = guide.take('Generic Webhooks', 'json', 0);
    expect(await ask('generic', {}, generic)).toBe(401);
    expect(await ask('generic', { 'X-Webhook-Secret': 'wrong' }, generic)).toBe(401);
    expect(await ask('generic', { 'X-Webhook-Secret': 'generic secret' }, generic)).toBe(200);

    const github = guide.take('GitHub Webhooks', 'json');
    const digest = createHmac('sha256', 'github secret').update(github).digest('hex');
    const event = { 'X-GitHub-Event': 'pull_request' };
    expect(await ask('github', event, github)).toBe(401);
    expect(await ask('github', { ...event, 'X-Hub-Signature-256': `sha256=${digest}` }, `${github} `)).toBe(
      401,
    );
    expect(await ask('github', { ...event, 'X-Hub-Signature-256': `sha256=${digest}` }, github)).toBe(200);
  });
});

it('No block of the guide was left out', () => {
  const left = guide.untaken().filter(({ heading }) => !OUTGOING_HEADINGS.includes(heading));
  expect(left).toEqual([]);
});
