import type { EndpointHealth } from '../domain/endpoint-health.ts';
import { failureReport, standingOf } from '../domain/endpoint-report.ts';
import type { EndpointReport, EndpointStanding } from '../domain/endpoint-report.ts';
import { PoisonedSubmissionError } from '../domain/submission.ts';
import type { Committer } from '../domain/submission.ts';
import type { WebhookEndpoint } from '../domain/webhook-endpoint.ts';
import type { Clock } from '../kernel/clock.ts';
import type { NewId } from '../kernel/ids.ts';
import type { Logger } from '../kernel/logger.ts';
import { startWorkerLoop } from '../kernel/worker-loop.ts';
import type { WorkerLoop } from '../kernel/worker-loop.ts';
import type { EndpointHealthStore, HealthStanding } from '../store/endpoint-health-store.ts';
import type { WebhookEndpointStore } from '../store/webhook-endpoint-store.ts';

export interface ReportEndpointHealthDeps {
  healths: Pick<EndpointHealthStore, 'standings' | 'byIds' | 'setTold' | 'remove'>;
  endpoints: Pick<WebhookEndpointStore, 'all'>;
  committer: Committer;
  /** Whether this process is the one to report of it. Where two take themselves for that, nothing is told twice. */
  isOurs: (endpointId: string) => boolean;
  clock: Clock;
  newId: NewId;
  logger: Logger;
}

/** What is to be told of one endpoint. */
interface Task {
  stored: HealthStanding;
  endpoint: WebhookEndpoint | null;
  standing: EndpointStanding;
}

const POLL_MS = 2000;
const AT_ONCE = 50;

/**
 * Opens an incident for an endpoint that fails or was disabled, and resolves it. What is being told is written down
 * first, and that it is told afterwards, so a crash in between only tells again, which changes nothing.
 */
export function startReportEndpointHealth(deps: ReportEndpointHealthDeps): WorkerLoop {
  return startWorkerLoop({
    pollMs: POLL_MS,
    onError: (error) => {
      deps.logger.warn({ err: error }, 'health of webhook endpoints could not be reported; trying again');
    },
    async turn(signal) {
      const tasks = await openTasks(deps);
      while (tasks.length > 0 && !signal.aborted) await tellAll(deps, tasks.splice(0, AT_ONCE));
      return 'idle';
    },
  });
}

async function openTasks({ healths, endpoints, isOurs }: ReportEndpointHealthDeps): Promise<Task[]> {
  const standings = (await healths.standings()).filter(({ endpointId }) => isOurs(endpointId));
  if (standings.length === 0) return [];
  // Read after their health: that one is disabled is written along with it.
  const all = new Map((await endpoints.all()).map((endpoint) => [endpoint.id, endpoint]));
  return standings
    .map((stored) => {
      const endpoint = all.get(stored.endpointId) ?? null;
      return { stored, endpoint, standing: standingOf(stored, endpoint) };
    })
    .filter((task) => task.endpoint === null || !isTold(task));
}

function isTold({ stored: { told }, standing }: Task): boolean {
  if (told === null) return standing.kind === 'WELL';
  return told.isTold && told.kind === standing.kind && told.since.getTime() === standing.since?.getTime();
}

async function tellAll(deps: ReportEndpointHealthDeps, tasks: readonly Task[]): Promise<void> {
  const failing = tasks.flatMap(({ stored, standing }) =>
    standing.kind === 'WELL' ? [] : [stored.endpointId],
  );
  const healths =
    failing.length === 0 ? new Map<string, EndpointHealth>() : await deps.healths.byIds(failing);
  const told = await Promise.allSettled(
    tasks.map((task) => tell(deps, task, healths.get(task.stored.endpointId) ?? null)),
  );
  for (const one of told) if (one.status === 'rejected') throw one.reason;
}

async function tell(
  deps: ReportEndpointHealthDeps,
  task: Task,
  health: EndpointHealth | null,
): Promise<void> {
  const { healths, clock } = deps;
  const { endpoint, standing, stored } = task;
  const { endpointId } = stored;
  if (standing.kind === 'WELL') {
    const { since, reason } = standing;
    if (stored.told !== null) {
      await submit(deps, endpointId, { kind: 'WELL', since: since ?? clock.now(), reason });
      await healths.setTold(endpointId, null);
    }
    if (endpoint === null) await healths.remove(endpointId);
    return;
  }
  if (endpoint === null || health === null) return;
  const { kind, since } = standing;
  await healths.setTold(endpointId, { kind, since, isTold: false });
  await submit(deps, endpointId, failureReport(standing, endpoint, health));
  await healths.setTold(endpointId, { kind, since, isTold: true });
}

async function submit(
  { committer, clock, newId }: ReportEndpointHealthDeps,
  endpointId: string,
  report: EndpointReport,
): Promise<void> {
  try {
    await committer.submit({
      kind: 'COMMAND',
      id: newId(),
      receivedAt: clock.now(),
      actor: null,
      command: { kind: 'REPORT_ENDPOINT', endpointId, report },
    });
  } catch (error) {
    // It can never be told, which the committer logged: trying for ever would not help.
    if (!(error instanceof PoisonedSubmissionError)) throw error;
  }
}
