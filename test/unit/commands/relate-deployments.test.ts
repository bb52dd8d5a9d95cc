import { expect, test, vi } from 'vitest';
import { startRelateDeployments } from '../../../src/commands/relate-deployments.ts';
import type { Deployment } from '../../../src/domain/deployment.ts';
import type { Incident } from '../../../src/domain/incident.ts';
import { PoisonedSubmissionError } from '../../../src/domain/submission.ts';
import type {
  CommandResult,
  CommandSubmission,
  Submission,
  WebhookResult,
  WebhookSubmission,
} from '../../../src/domain/submission.ts';
import { createLogger } from '../../../src/kernel/logger.ts';

test('an incident that can never be told of a deployment does not keep other deployments waiting', async () => {
  const waiting = new Map([
    ['d1', deployment('d1')],
    ['d2', deployment('d2')],
  ]);
  const told: string[] = [];
  async function submit(submission: WebhookSubmission): Promise<WebhookResult>;
  async function submit(submission: CommandSubmission): Promise<CommandResult>;
  async function submit(submission: Submission): Promise<WebhookResult | CommandResult> {
    await Promise.resolve();
    if (submission.kind !== 'COMMAND' || submission.command.kind !== 'RELATE_DEPLOYMENT') {
      throw new Error('not what this worker submits');
    }
    const { deploymentId, incidentId } = submission.command;
    if (deploymentId === 'd1' && incidentId === 'broken') {
      throw new PoisonedSubmissionError('cannot be committed', null);
    }
    told.push(`${deploymentId} ${incidentId}`);
    return { kind: 'DONE', incident: incident(incidentId), entry: null, evidence: null };
  }
  await using _worker = startRelateDeployments({
    deployments: {
      toRelate: () => Promise.resolve([...waiting.values()]),
      relatedOpenIncidents: (among) =>
        Promise.resolve(new Map(among.map(({ id }) => [id, ['broken', 'well']]))),
      markRelated(done) {
        for (const { id } of done) waiting.delete(id);
        return Promise.resolve();
      },
    },
    committer: { submit },
    clock: { now: () => new Date(), monotonic: () => performance.now() },
    newId: () => 'id',
    logger: createLogger('silent'),
  });
  await vi.waitFor(() => {
    expect(waiting.size).toBe(0);
  });
  expect(told).toEqual(['d1 well', 'd2 broken', 'd2 well']);
});

function deployment(id: string): Deployment {
  return {
    id,
    naturalKey: id,
    kind: 'PR_MERGED',
    source: 'github',
    repository: 'acme/shop',
    service: 'shop',
    title: id,
    sha: null,
    url: null,
    author: null,
    environment: null,
    outcome: null,
    revision: null,
    occurredAt: new Date(),
    recordedAt: new Date(),
    receiptId: 'r',
  };
}

function incident(id: string): Incident {
  return {
    id,
    keySource: 'test',
    externalKey: id,
    title: id,
    description: '',
    severity: 'HIGH',
    service: 'shop',
    url: null,
    source: 'test',
    status: 'OPEN',
    createdAt: new Date(),
    openedAt: new Date(),
    acknowledgedAt: null,
    resolvedAt: null,
    updatedAt: new Date(),
    triggerCount: 1,
    lastSeenAt: new Date(),
  };
}
