import { describe, expect, it } from 'vitest';
import { github } from '../../../src/inbound/providers/github.ts';
import { createIntakeBench } from '../../support/intake-bench.ts';
import { readFixture, requestOf } from '../../support/inbound-fixture.ts';

async function post(body: unknown, headers: Record<string, string> = { 'x-github-event': 'pull_request' }) {
  const bench = createIntakeBench();
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const reply = await bench.receive({ provider: 'github', headers, body: Buffer.from(text) });
  const { verdict, receipt, dedupKey } = bench.last();
  return { reply, verdict, receipt, dedupKey };
}

const RECORDED = ['deployment', 'deployment_status', 'pull_request', 'push', 'release', 'workflow_run'];

const merged = (pull: object = {}, outside: object = {}) => ({
  action: 'closed',
  pull_request: {
    number: 42,
    title: 'Fix',
    merged: true,
    base: { repo: { full_name: 'org/repo' } },
    ...pull,
  },
  ...outside,
});

describe('a merged pull request', () => {
  it('is a deployment of the repository, at the time of the merge', async () => {
    const bench = createIntakeBench();
    const reply = await bench.receive(requestOf(readFixture('github-pull-request-closed-merged')));
    const { verdict, receipt, dedupKey } = bench.last();
    expect(verdict).toEqual({
      outcome: 'APPLIED',
      signals: [],
      deployments: [
        {
          id: expect.any(String),
          naturalKey: 'github:pr:lumen-shop/checkout-api#513',
          kind: 'PR_MERGED',
          source: 'github',
          repository: 'lumen-shop/checkout-api',
          service: 'checkout-api',
          title: 'Raise pool size for card payments',
          sha: '4c9e1f7a2b3d4e5f60718293a4b5c6d7e8f90a1b',
          url: 'https://github.com/lumen-shop/checkout-api/pull/513',
          author: 'mira-k',
          environment: null,
          outcome: null,
          revision: null,
          occurredAt: new Date('2026-03-04T09:12:31Z'),
          recordedAt: receipt.receivedAt,
          receiptId: receipt.id,
        },
      ],
    });
    expect(dedupKey?.value).toBe('github:id:7a1d0c10-0004-4a00-9000-000000000004');
    expect(reply).toEqual({
      status: 200,
      body: { status: 'success', receipt_id: receipt.id, deployment_id: expect.any(String) },
    });
  });

  it('needs no more than the guide shows, and is told apart by the pull request alone', async () => {
    const { verdict, receipt, dedupKey } = await post(merged());
    expect(verdict).toMatchObject({
      deployments: [
        {
          naturalKey: 'github:pr:org/repo#42',
          repository: 'org/repo',
          service: 'repo',
          sha: null,
          url: null,
          author: null,
          occurredAt: receipt.receivedAt,
        },
      ],
    });
    expect(dedupKey).toBeNull();
  });

  it('is known by its body where the header is missing', async () => {
    expect((await post(merged(), {})).verdict.outcome).toBe('APPLIED');
  });

  it('lists everything that is missing or of a wrong type', async () => {
    const wrong = {
      action: 'closed',
      number: 1.5,
      pull_request: { merged: 'yes', title: 5, merge_commit_sha: 1 },
    };
    const { reply } = await post(wrong);
    expect(reply.status).toBe(422);
    const errors = reply.body['errors'] as { path: string }[];
    expect(errors.map(({ path }) => path)).toEqual([
      'number',
      'pull_request.title',
      'pull_request.merged',
      'pull_request.merge_commit_sha',
    ]);
    const missing = await post({ action: 'closed', pull_request: { merged: true } });
    expect(missing.reply.body['errors']).toMatchObject([
      { path: 'pull_request.number' },
      { path: 'repository.full_name' },
    ]);
  });

  it.each([[null], ['bot'], [{ login: 7 }], [undefined]])(
    'does not stumble over people given as %j',
    async (person) => {
      const { verdict } = await post(merged({ merged_by: person, user: person }));
      expect(verdict).toMatchObject({ outcome: 'APPLIED', deployments: [{ author: null }] });
    },
  );
});

describe('other webhooks', () => {
  it.each(['opened', 'synchronize', 'labeled', 'something new'])(
    'pull_request %s is ignored',
    async (action) => {
      const { verdict, reply } = await post({ action });
      expect(verdict).toMatchObject({ outcome: 'IGNORED', reason: expect.stringContaining(action) });
      expect(reply.status).toBe(202);
    },
  );

  it.each(['issues', 'constructor', 'no such event'])(
    'the event %s is ignored, and the reason says which are not',
    async (event) => {
      const { verdict } = await post({ action: 'closed' }, { 'x-github-event': event });
      expect(verdict).toEqual({
        outcome: 'IGNORED',
        reason: `the event "${event}" is not acted on: ${RECORDED.join(', ')} are`,
      });
    },
  );

  it('a ping is ignored, with its header or without', async () => {
    for (const headers of [{ 'x-github-event': 'ping' }, {}]) {
      const { verdict } = await post({ zen: 'Small changes, often.', hook_id: 1 }, headers);
      expect(verdict).toEqual({ outcome: 'IGNORED', reason: 'ping: a test delivery of GitHub' });
    }
  });

  it.each([
    [
      ['push', 'pull_request', 'release', 'issues'],
      '; this webhook does not send deployment, deployment_status, workflow_run',
    ],
    [RECORDED, ''],
    [['*'], ''],
    [['*', 5, null], ''],
  ])('a ping tells which events the webhook is not set up to send: %j', async (events, told) => {
    const { verdict } = await post({ hook: { events } }, { 'x-github-event': 'ping' });
    expect(verdict).toMatchObject({ reason: `ping: a test delivery of GitHub${told}` });
  });

  it.each([[[]], [5], [null], [{ pull_request: {} }], [{ anything: true }]])(
    'a body of no known form is ignored where the header is missing: %j',
    async (body) => {
      expect((await post(body, {})).verdict.outcome).toBe('IGNORED');
    },
  );
});

describe('forms', () => {
  const form = 'application/x-www-form-urlencoded';

  it('takes the JSON in the field `payload`', async () => {
    const body = new URLSearchParams({
      payload: JSON.stringify(merged({ title: 'a + b & 100 %' })),
    }).toString();
    const { verdict } = await post(body, { 'content-type': form, 'x-github-event': 'pull_request' });
    expect(verdict).toMatchObject({ deployments: [{ title: 'a + b & 100 %' }] });
  });

  it('takes JSON that curl sent as a form', async () => {
    expect((await post(merged(), { 'content-type': form })).verdict.outcome).toBe('APPLIED');
  });

  it('refuses a form without that field, or with something else in it', async () => {
    const refusals = await Promise.all(
      ['a=b', 'payload=', 'payload=%7B', 'payload=%FF'].map((body) => post(body, { 'content-type': form })),
    );
    expect(refusals.map(({ reply }) => reply.status)).toEqual([400, 400, 400, 400]);
  });
});

it('names each event that is recorded where senders look which are', () => {
  expect(Object.keys(github.accepts.events).sort()).toEqual([...RECORDED, 'ping'].sort());
});
