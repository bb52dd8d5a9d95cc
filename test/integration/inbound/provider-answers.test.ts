import { describe, expect, test } from 'vitest';
import { UnavailableError } from '../../../src/domain/submission.ts';
import { createRegistry } from '../../../src/inbound/registry.ts';
import { createIntakeBench } from '../../support/intake-bench.ts';
import type { IntakeBenchOptions } from '../../support/intake-bench.ts';
import { sendRequest } from '../../support/send-request.ts';
import { echoHandlers, startEdge } from '../../support/start-edge.ts';

const registry = createRegistry();

interface Row {
  /** What makes this sender try again, where it does at all. */
  tooFast: 429 | 503;
  /** Of a form that it has, but wrong; null where nobody believes what was not sent by the provider itself. */
  invalid: { headers?: Record<string, string>; body: object } | null;
}

/** PagerDuty tries again on 429 as on 5xx, Alertmanager and its like on 5xx alone, GitHub on nothing. */
const ROWS: Readonly<Record<string, Row>> = {
  github: {
    tooFast: 429,
    invalid: {
      headers: { 'X-GitHub-Event': 'pull_request' },
      body: { action: 'closed', pull_request: { merged: true } },
    },
  },
  pagerduty: {
    tooFast: 429,
    invalid: { body: { event: { event_type: 'incident.triggered', data: {} } } },
  },
  generic: { tooFast: 429, invalid: { body: { title: 5 } } },
  alertmanager: { tooFast: 503, invalid: { body: { alerts: [{ status: 'firing' }] } } },
  grafana: { tooFast: 503, invalid: { body: { alerts: [{ status: 'firing' }] } } },
  datadog: { tooFast: 503, invalid: { body: { alert_transition: 'Triggered' } } },
  opsgenie: { tooFast: 429, invalid: { body: { action: 'Create', alert: {} } } },
  sentry: {
    tooFast: 429,
    invalid: {
      headers: { 'Sentry-Hook-Resource': 'issue' },
      body: { action: 'created', data: { issue: {} } },
    },
  },
  statuspage: { tooFast: 429, invalid: { body: { incident: {} } } },
  cloudevents: {
    tooFast: 429,
    invalid: {
      headers: { 'Content-Type': 'application/cloudevents+json' },
      body: { specversion: '1.0' },
    },
  },
  sns: { tooFast: 503, invalid: null },
};

test('each provider has its row', () => {
  expect(Object.keys(ROWS).toSorted()).toEqual([...registry.keys()].toSorted());
});

describe.each(Object.entries(ROWS))('a webhook of %s', (provider, { tooFast, invalid }) => {
  const serving = async (options: IntakeBenchOptions = {}) => {
    const bench = createIntakeBench(options);
    const { server, port } = await startEdge();
    const limit = (name: string) => registry.get(name)?.bodyLimit;
    server.serve(echoHandlers({ intake: { limit, ...bench.intake } }));
    const post = (headers: Record<string, string> = {}, body: Buffer | string = '{}') =>
      sendRequest(port, { method: 'POST', path: `/api/v1/webhooks/${provider}`, headers, body });
    return { post, bench };
  };
  const kept = { status: 'error', receipt_id: expect.any(String), errors: expect.any(Array) };

  test('that cannot be verified is 401, without a hint at when to come again', async () => {
    const { post, bench } = await serving({ secrets: { [provider]: 'a-secret' }, unsigned: false });
    const answer = await post();
    expect(answer).toMatchObject({ status: 401, json: kept });
    expect(answer.headers).not.toHaveProperty('retry-after');
    expect(bench.last()).toMatchObject({ verdict: { outcome: 'REJECTED' }, dedupKey: null });
  });

  test('larger than its limit is 413, by its length alone or by what comes', async () => {
    const { post, bench } = await serving();
    const limit = registry.get(provider)?.bodyLimit ?? 0;
    const announced = { 'Content-Length': `${limit + 1}`, Expect: '100-continue' };
    const message = `the body is larger than ${limit} bytes`;
    const refusal = { status: 413, json: { ...kept, errors: [{ path: '', message }] } };
    expect(await post(announced, '')).toMatchObject(refusal);
    expect(await post({ 'Transfer-Encoding': 'chunked' }, Buffer.alloc(limit + 1, ' '))).toMatchObject(
      refusal,
    );
    expect(bench.submissions).toMatchObject([
      { verdict: { outcome: 'REJECTED', reason: message }, body: Buffer.alloc(0) },
      { verdict: { outcome: 'REJECTED', reason: message }, body: Buffer.alloc(0) },
    ]);
  });

  test('under a content encoding is 415, which names the one that is taken', async () => {
    const { post, bench } = await serving();
    const answer = await post({ 'Content-Encoding': 'gzip' });
    expect(answer).toMatchObject({ status: 415, json: kept });
    expect(answer.headers['accept-encoding']).toBe('identity');
    expect(bench.last().verdict).toMatchObject({ outcome: 'REJECTED' });
  });

  test('that it has in a wrong form is 422, with what is wrong', async () => {
    const { post } = await serving();
    const answer = await post(invalid?.headers, JSON.stringify(invalid?.body ?? {}));
    expect(answer).toMatchObject({ status: invalid === null ? 401 : 422, json: kept });
  });

  test(`that comes too soon is ${tooFast}, with when to come again`, async () => {
    const gate = { secondsToWait: () => 2.1, countVerified: () => undefined, admitStranger: () => 0 };
    const { post, bench } = await serving({ limits: { gate } });
    const answer = await post();
    expect(answer).toMatchObject({ status: tooFast, json: { status: 'error' } });
    expect(answer.headers['retry-after']).toBe('3');
    expect(bench.submissions).toEqual([]);
  });

  test('that nobody vouches for, one of very many, is answered like one that comes too soon', async () => {
    const gate = { secondsToWait: () => 0, countVerified: () => undefined, admitStranger: () => 0.3 };
    const { post, bench } = await serving({ limits: { gate }, unsigned: false });
    const answer = await post();
    expect(answer.status).toBe(tooFast);
    expect(answer.headers['retry-after']).toBe('1');
    expect((await post({ 'Content-Encoding': 'gzip' })).status).toBe(415);
    expect(bench.submissions).toEqual([]);
  });
});

test.each([...registry.keys()])(
  'a webhook of %s that cannot be committed now is 503, with when to come again',
  async (provider) => {
    const submit = () => Promise.reject(new UnavailableError('too many submissions wait', 2));
    const bench = createIntakeBench({ submit });
    const { server, port } = await startEdge();
    server.serve(echoHandlers({ intake: { limit: () => 1000, ...bench.intake } }));
    const send = (headers: Record<string, string>) =>
      sendRequest(port, { method: 'POST', path: `/api/v1/webhooks/${provider}`, headers, body: '{}' });
    const answer = await send({});
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('2');
    // What is wrong with a webhook for good is told even now, though no receipt can be kept.
    const refused = await send({ 'Content-Encoding': 'gzip' });
    expect(refused.status).toBe(415);
    expect(refused.json).not.toHaveProperty('receipt_id');
  },
);
