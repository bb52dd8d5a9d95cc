import { describe, expect, it } from 'vitest';
import { UNMET_WARNING } from '../../../src/domain/decide-webhook.ts';
import type { WebhookResult, WebhookSubmission } from '../../../src/domain/submission.ts';
import { asIfStored, createIntakeBench } from '../../support/intake-bench.ts';
import { readFixture, requestOf } from '../../support/inbound-fixture.ts';

const body = Buffer.from('{"title":"x"}');
const keyed = Buffer.from('{"title":"x","dedup_key":"k"}');
const trigger = Buffer.from('{"event":{"event_type":"incident.triggered","data":{"id":"P1","title":"x"}}}');

describe('the answer', () => {
  const answer = async (
    request: Parameters<ReturnType<typeof createIntakeBench>['receive']>[0],
    over: Partial<WebhookResult> = {},
  ) => {
    const submit = async (submission: WebhookSubmission) => ({ ...(await asIfStored(submission)), ...over });
    return createIntakeBench({ submit }).receive(request);
  };

  it('has the two keys of the guide, the receipt, and warnings where there are any', async () => {
    expect(await answer({ body: keyed }, { incidentIds: ['i-1'] })).toEqual({
      status: 200,
      body: { status: 'success', incident_id: 'i-1', receipt_id: 'id-1' },
    });
  });

  it('has a null for the incident, and says why, while a signal waits for its trigger', async () => {
    const unmet = {
      status: 200,
      body: { status: 'success', incident_id: null, receipt_id: 'id-1', warnings: [UNMET_WARNING] },
    };
    const resolve = { body: Buffer.from('{"dedup_key":"k","status":"resolved"}') };
    expect(await answer(resolve, { incidentIds: [], warnings: [UNMET_WARNING] })).toEqual(unmet);
    const again: Partial<WebhookResult> = {
      outcome: 'IGNORED',
      answerAs: 'IGNORED',
      reason: 'nothing new',
      incidentIds: [],
    };
    expect(await answer(resolve, again)).toEqual(unmet);
  });

  it('names incidents and deployment for other providers, where there are any', async () => {
    const request = { provider: 'pagerduty', body: trigger };
    expect(await answer(request, { incidentIds: ['i-1', 'i-2'] })).toEqual({
      status: 200,
      body: { status: 'success', receipt_id: 'id-1', incident_ids: ['i-1', 'i-2'] },
    });
    expect(await answer(request, { incidentIds: [] })).toEqual({
      status: 200,
      body: { status: 'success', receipt_id: 'id-1' },
    });
  });

  it('is a success for a repetition that changed nothing, if it is about an incident or deployment', async () => {
    const nothing = { outcome: 'IGNORED', answerAs: 'IGNORED', reason: 'nothing new' } as const;
    const request = { provider: 'pagerduty', body: trigger };
    expect((await answer(request, { ...nothing, incidentIds: ['i-1'] })).status).toBe(200);
    expect(await answer(request, { ...nothing, incidentIds: [] })).toEqual({
      status: 202,
      body: { status: 'ignored', reason: 'nothing new', receipt_id: 'id-1' },
    });
    const merged = requestOf(readFixture('github-guide-example'));
    expect(await answer(merged, { ...nothing, deploymentIds: ['d-1'] })).toEqual({
      status: 200,
      body: { status: 'success', receipt_id: 'id-1', deployment_id: 'd-1' },
    });
  });

  it('of the first one is given to its duplicate', async () => {
    const duplicate = { outcome: 'DUPLICATE', duplicateOf: 'first', reason: null } as const;
    expect(await answer({ body }, { ...duplicate, answerAs: 'APPLIED', incidentIds: ['i-1'] })).toEqual({
      status: 200,
      body: { status: 'success', incident_id: 'i-1', receipt_id: 'first', duplicate: true },
    });
    const ping = requestOf(readFixture('github-ping'));
    const ignored = await answer(ping, { ...duplicate, answerAs: 'IGNORED' });
    expect(ignored).toEqual({
      status: 202,
      body: {
        status: 'ignored',
        reason: expect.stringContaining('ping: a test delivery of GitHub'),
        receipt_id: 'first',
        duplicate: true,
      },
    });
  });

  it('is 422 where an Idempotency-Key came before with another body', async () => {
    const conflict = { outcome: 'REJECTED', answerAs: 'REJECTED', idempotencyConflict: true } as const;
    expect(await answer({ body }, conflict)).toMatchObject({
      status: 422,
      body: { status: 'error', errors: [{ path: 'Idempotency-Key' }] },
    });
  });
});
