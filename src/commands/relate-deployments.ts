import type { Deployment } from '../domain/deployment.ts';
import { PoisonedSubmissionError } from '../domain/submission.ts';
import type { Committer } from '../domain/submission.ts';
import type { Clock } from '../kernel/clock.ts';
import type { NewId } from '../kernel/ids.ts';
import type { Logger } from '../kernel/logger.ts';
import { startWorkerLoop } from '../kernel/worker-loop.ts';
import type { WorkerLoop } from '../kernel/worker-loop.ts';
import type { DeploymentStore } from '../store/deployment-store.ts';

export interface RelateDeploymentsDeps {
  deployments: Pick<DeploymentStore, 'toRelate' | 'relatedOpenIncidents' | 'markRelated'>;
  committer: Committer;
  clock: Clock;
  newId: NewId;
  logger: Logger;
}

const PAGE = 100;
const POLL_MS = 5000;

/**
 * Tells the open incidents that a new deployment relates to, one submission each. The mark on the deployment makes
 * this survive a crash; an incident is told once of each outcome, since the deployment remembers whom it told.
 */
export function startRelateDeployments(deps: RelateDeploymentsDeps): WorkerLoop {
  return startWorkerLoop({
    pollMs: POLL_MS,
    onError: (error) => {
      deps.logger.warn({ err: error }, 'deployments could not be related to incidents; trying again');
    },
    async turn(signal) {
      const { deployments } = deps;
      const waiting = await deployments.toRelate(PAGE);
      const related = await deployments.relatedOpenIncidents(waiting);
      const told: Deployment[] = [];
      try {
        for (const deployment of waiting) {
          if (signal.aborted) break;
          await tell(deps, deployment.id, related.get(deployment.id) ?? []);
          told.push(deployment);
        }
      } finally {
        if (told.length > 0) await deployments.markRelated(told);
      }
      return waiting.length === PAGE ? 'again' : 'idle';
    },
  });
}

async function tell(
  { committer, clock, newId }: RelateDeploymentsDeps,
  deploymentId: string,
  incidentIds: readonly string[],
): Promise<void> {
  const told = await Promise.allSettled(
    incidentIds.map((incidentId) =>
      committer.submit({
        kind: 'COMMAND',
        id: newId(),
        receivedAt: clock.now(),
        actor: null,
        command: { kind: 'RELATE_DEPLOYMENT', incidentId, deploymentId },
      }),
    ),
  );
  for (const one of told) {
    // One that can never be told, which the committer logged, must not keep all others waiting for ever.
    if (one.status === 'rejected' && !(one.reason instanceof PoisonedSubmissionError)) throw one.reason;
  }
}
