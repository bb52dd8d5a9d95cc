import { fileURLToPath } from 'node:url';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { askGraphql } from '../support/graphql-client.ts';
import { OUTGOING_HEADINGS, openGuide } from '../support/guide.ts';
import { runCommand } from '../support/run-command.ts';
import { sendRequest } from '../support/send-request.ts';
import type { Answer } from '../support/send-request.ts';
import { openServerHome } from '../support/server-process.ts';
import type { ServerHome, ServerProcess } from '../support/server-process.ts';
import { startSink } from '../support/sink.ts';
import type { Arrival, Sink } from '../support/sink.ts';
import { testDatabaseUri } from '../support/test-database.ts';

// A guard against hanging; the promises have deadlines of their own.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** From a commit to the endpoint it is milliseconds; rows made by hand work within a second. */
const SOON = { withinMs: 15_000 };
const SUPPORT = new URL('../support/', import.meta.url);

const guide = openGuide();
let home: ServerHome;
let server: ServerProcess;
let sink: Sink;
let database: mongoose.mongo.MongoClient;

beforeAll(async () => {
  const uri = testDatabaseUri();
  home = await openServerHome({ MONGODB_URI: uri });
  [server, sink, database] = await Promise.all([
    home.start(),
    startSink(),
    new mongoose.mongo.MongoClient(uri).connect(),
  ]);
});
afterAll(async () => {
  await database.close();
  await home[Symbol.asyncDispose]();
  await sink[Symbol.asyncDispose]();
});

function post(provider: string, body: string, headers: Record<string, string> = {}): Promise<Answer> {
  return sendRequest(home.port, {
    method: 'POST',
    path: `/api/v1/webhooks/${provider}`,
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
}

function payloadOf({ body }: Arrival): { event: string; timestamp: string; data: Record<string, unknown> } {
  return JSON.parse(body.toString()) as ReturnType<typeof payloadOf>;
}

describe('Outgoing webhooks', () => {
  /** The body of the guide's registration, addressed to somebody else's machine. */
  const registration = (): Record<string, string> => {
    const [request = '', type = '', body = ''] = guide
      .take('Setting Up Outgoing Webhooks', 'bash')
      .split(/\n(?=Content|\n)/);
    expect([request.trim(), type.trim()]).toEqual([
      'POST /api/v1/webhooks/endpoints',
      'Content-Type: application/json',
    ]);
    return JSON.parse(body) as Record<string, string>;
  };

  /** The row of the guide's INSERT. */
  const row = (): Record<string, unknown> => {
    const [, columns = '', values = ''] =
      /INSERT INTO webhook_endpoints \((.*)\)\s+VALUES \(([^)]*)\);/.exec(
        guide.take('Setting Up Outgoing Webhooks', 'sql'),
      ) ?? [];
    const literals = values
      .trim()
      .split(/,\n\s*/)
      .map((literal) => literal.replaceAll("'", '"'));
    const names = columns.split(', ');
    return Object.fromEntries(
      names.map((name, index) => [name, JSON.parse(literals[index] ?? '') as unknown]),
    );
  };

  const endpoints = () => database.db().collection<Record<string, unknown>>('webhook_endpoints');

  it('An endpoint registered by HTTP and one inserted by hand get what is in the payload format, verified by the guide’s own Python', async () => {
    const registered = await post(
      'endpoints',
      JSON.stringify({ ...registration(), url: sink.url('/by-http') }),
    );
    expect(registered.status).toBe(201);
    expect(registered.json).not.toHaveProperty('secret');
    await endpoints().insertMany([
      { ...row(), url: sink.url('/by-hand') },
      { ...row(), url: sink.url('/inactive'), is_active: false },
    ]);
    await expectActive(2);

    const opened = await post(
      'generic',
      '{"title": "Zahlung gestört 💳", "severity": "high", "dedup_key": "pay"}',
    );
    const { incident_id: incidentId } = opened.json as { incident_id: string };
    await post('generic', '{"dedup_key": "pay", "status": "resolved"}');

    const { event, data } = JSON.parse(guide.take('Webhook Payload Format', 'json')) as ReturnType<
      typeof payloadOf
    >;
    for (const path of ['/by-http', '/by-hand']) {
      const arrivals = await sink.until((all) => all.length >= 2, { ...SOON, path });
      const payloads = arrivals.map(payloadOf);
      expect(payloads.map((payload) => payload.event)).toEqual([event, 'incident.updated']);
      expect(payloads.map((payload) => payload.data['status'])).toEqual(['open', 'resolved']);
      for (const payload of payloads) {
        expect(Object.keys(payload)).toEqual(['data', 'event', 'timestamp']);
        expect(Object.keys(payload.data)).toEqual(expect.arrayContaining(Object.keys(data)));
        expect(payload.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
        expect(payload.data).toMatchObject({
          incident_id: incidentId,
          title: 'Zahlung gestört 💳',
          severity: 'high',
        });
        expect(payload.data['description']).toBe('');
      }
    }
    expect(sink.arrivals('/inactive')).toEqual([]);
  });

  it('The guide’s receiver accepts them, and sends its message to Slack', async () => {
    expect(guide.take('Webhook Security', '')).toBe('X-Webhook-Signature: sha256=<signature>');
    const verifier = guide.take('Webhook Security', 'python');
    // As it stands it compares the bare digest with a prefixed one.
    const receiver = guide
      .take('Slack Integration', 'python')
      .replace(
        'verify_webhook(payload, signature,',
        'verify_webhook(payload, signature.removeprefix("sha256="),',
      );
    const arrivals = sink.arrivals('/by-hand');
    expect(arrivals.length).toBeGreaterThanOrEqual(2);
    const task = {
      verifier,
      receiver,
      secret: row()['secret'],
      arrivals: arrivals.map(({ headers, body }) => ({
        body: body.toString('base64'),
        signature: headers['x-webhook-signature'],
      })),
    };
    const program = fileURLToPath(new URL('guide-receiver.py', SUPPORT));
    const { results, messages } = JSON.parse(
      await runCommand('python3', [program], JSON.stringify(task)),
    ) as { results: unknown[]; messages: string[] };
    for (const result of results) {
      expect(result).toEqual({
        prefixed: true,
        verified: true,
        verified_with_another_secret: false,
        raw_bytes_verified: true,
        canonical: true,
        answer: ['OK', 200],
      });
    }
    expect(messages).toEqual(['🚨 New incident: Zahlung gestört 💳']);
  });

  it('Every other supported event is sent to who asks for it', async () => {
    const events = 'timeline.updated,evidence.added,hypothesis.generated';
    const body = JSON.stringify({ url: sink.url('/others'), secret: 'x', events });
    expect((await post('endpoints', body)).status).toBe(201);
    const { json } = await post('generic', '{"title": "Queue is stuck"}');
    const { incident_id: incidentId } = json as { incident_id: string };
    const mutation = `mutation ($id: ID!) {
      addTimelineEntry(input: { incidentId: $id, text: "looking" }) { errors { message } }
      addEvidence(input: { incidentId: $id, kind: LINK, title: "dashboard", url: "https://example.com/d" }) { errors { message } }
    }`;
    await askGraphql(home.port, mutation, { id: incidentId });
    const arrivals = await sink.until((all) => all.length >= 2, { ...SOON, path: '/others' });
    expect(arrivals.map((arrival) => payloadOf(arrival).event)).toEqual([
      'timeline.updated',
      'evidence.added',
    ]);
  });

  it('The log has a line with the word webhook for each one sent', async () => {
    const sent = sink.arrivals().map(({ headers }) => String(headers['x-opslens-delivery']));
    expect(sent.length).toBeGreaterThan(5);
    // The line is written after the answer.
    await eventually(
      () => runCommand('grep', ['webhook'], server.output()),
      (lines) => sent.every((id) => lines.includes(id)),
      { ...SOON, what: 'a line about each webhook' },
    );
  });

  it('The registration and the row are taken exactly as they are written', async () => {
    const { status, json } = await post('endpoints', JSON.stringify(registration()));
    expect(status).toBe(201);
    expect(json).toMatchObject({ url: 'https://your-system.com/webhooks/opslens', is_active: true });
    await endpoints().insertOne(row());
    await expectActive(5);
  });

  async function expectActive(count: number): Promise<void> {
    const query = '{ webhookEndpoints(first: 100) { nodes { state } } }';
    const { webhookEndpoints } = await askGraphql<{ webhookEndpoints: { nodes: { state: string }[] } }>(
      home.port,
      query,
    );
    expect(webhookEndpoints.nodes.filter(({ state }) => state === 'ACTIVE')).toHaveLength(count);
  }
});

it('No block of the guide was left out', () => {
  const left = guide.untaken().filter(({ heading }) => OUTGOING_HEADINGS.includes(heading));
  expect(left).toEqual([]);
});
