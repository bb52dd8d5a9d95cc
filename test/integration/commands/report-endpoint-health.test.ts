import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { startReportEndpointHealth } from '../../../src/commands/report-endpoint-health.ts';
import type { ReportEndpointHealthDeps } from '../../../src/commands/report-endpoint-health.ts';
import { newHealth, renewedHealth } from '../../../src/domain/endpoint-health.ts';
import type { EndpointHealth } from '../../../src/domain/endpoint-health.ts';
import { UnavailableError } from '../../../src/domain/submission.ts';
import type { CommandResult, CommandSubmission, Committer } from '../../../src/domain/submission.ts';
import { systemClock } from '../../../src/kernel/clock.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { createLogger } from '../../../src/kernel/logger.ts';
import type { WorkerLoop } from '../../../src/kernel/worker-loop.ts';
import { createEndpointHealthStore } from '../../../src/store/endpoint-health-store.ts';
import type { EndpointHealthStore } from '../../../src/store/endpoint-health-store.ts';
import { createEvidenceReader } from '../../../src/store/evidence-reader.ts';
import { createIncidentReader } from '../../../src/store/incident-reader.ts';
import type { IncidentReader } from '../../../src/store/incident-reader.ts';
import { createRunTransaction } from '../../../src/store/transaction.ts';
import { createWebhookEndpointStore } from '../../../src/store/webhook-endpoint-store.ts';
import type { WebhookEndpointStore } from '../../../src/store/webhook-endpoint-store.ts';
import { eventually } from '../../support/eventually.ts';
import { openTestDatabase } from '../../support/test-database.ts';
import { startTestCommitter } from '../../support/write-path.ts';

const HOOK = 'https://hooks.example.com/x';

let connection: Awaited<ReturnType<typeof openTestDatabase>>;
let healths: EndpointHealthStore;
let endpoints: WebhookEndpointStore;
let incidents: IncidentReader;
let committer: Committer;

beforeEach(async () => {
  connection = await openTestDatabase();
  healths = createEndpointHealthStore(connection);
  endpoints = createWebhookEndpointStore(connection);
  incidents = createIncidentReader(connection);
  committer = await startTestCommitter(connection);
  await endpoints.insert({
    id: 'e1',
    url: HOOK,
    events: ['INCIDENT_CREATED'],
    description: null,
    isActive: true,
    secret: { form: 'PLAIN', value: 'a secret of its own' },
    createdAt: new Date(),
  });
});

function start(over: Partial<ReportEndpointHealthDeps> = {}): WorkerLoop {
  const reporting = startReportEndpointHealth({
    healths,
    endpoints,
    committer,
    isOurs: () => true,
    clock: systemClock,
    newId,
    logger: createLogger('silent'),
    ...over,
  });
  onTestFinished(() => reporting[Symbol.asyncDispose]());
  return reporting;
}

async function save(health: EndpointHealth): Promise<EndpointHealth> {
  await createRunTransaction(connection)((tx) => healths.save([health], tx));
  return health;
}

const failing = (): EndpointHealth => {
  const since = new Date();
  const failure = { deliveryId: 'd1', at: since, durationMs: 7, status: 500, error: 'answered 500' };
  return {
    ...newHealth('e1', HOOK, since),
    state: 'FAILING',
    reason: 'answered 500',
    consecutiveFailures: 5,
    failingSince: since,
    failures: Array.from({ length: 5 }, () => failure),
    circuit: { openedAt: since, retryAt: since, probes: 0, asked: false },
    revision: 5,
  };
};
const recovered = (health: EndpointHealth): EndpointHealth => renewedHealth(health, HOOK, new Date());

const WHOLE = { size: 20, backward: false, after: null, before: null };
const all = async () => (await incidents.page({}, 'OPENED_AT_ASC', WHOLE)).items;
const evidenceOf = async (incidentId: string) =>
  (await createEvidenceReader(connection).page({ incidentId }, 'OLDEST_FIRST', WHOLE)).items;

function incidentIs(status: string) {
  return eventually(all, ([first]) => first?.status === status, {
    withinMs: 10_000,
    what: `the incident is ${status}`,
  });
}

function toldIs(told: { isTold: boolean } | null) {
  return eventually(
    async () => (await healths.standings())[0]?.told,
    (stored) => (told === null ? stored === null : stored?.isTold === told.isTold),
    { withinMs: 10_000, what: 'what is told is written down' },
  );
}

/** A committer whose answers the test may lose, or that it may keep from committing. */
function unreliable() {
  const trouble = { before: 0, after: 0, submitted: 0 };
  const submit = async (submission: CommandSubmission): Promise<CommandResult> => {
    trouble.submitted++;
    if (trouble.before-- > 0) throw new UnavailableError('away', 1);
    const result = await committer.submit(submission);
    if (trouble.after-- > 0) throw new UnavailableError('the answer is lost', 1);
    return result;
  };
  return { trouble, committer: { submit } as Committer };
}

describe('the incident of an endpoint', () => {
  it('is opened once with the attempts as evidence, and resolved when the endpoint recovers', async () => {
    const health = await save(failing());
    const reporting = start();
    const [incident] = await incidentIs('OPEN');
    expect(incident).toMatchObject({
      title: 'Webhook endpoint hooks.example.com is failing',
      triggerCount: 1,
    });
    const evidence = await evidenceOf(incident?.id ?? '');
    expect(evidence).toMatchObject([{ kind: 'LOG', title: 'Last attempts' }]);
    expect(evidence[0]?.text.split('\n')).toHaveLength(5);
    await toldIs({ isTold: true });
    await save(recovered(health));
    reporting.wake();
    await incidentIs('RESOLVED');
    await toldIs(null);
    expect(await all()).toHaveLength(1);
  });

  it('is told of once by two that both take it for theirs', async () => {
    const health = await save(failing());
    const both = [start(), start(), start()];
    const [incident] = await incidentIs('OPEN');
    await save(recovered(health));
    for (const reporting of both) reporting.wake();
    await incidentIs('RESOLVED');
    await toldIs(null);
    for (const reporting of both) await reporting[Symbol.asyncDispose]();
    expect(await all()).toMatchObject([{ triggerCount: 1 }]);
    expect(await evidenceOf(incident?.id ?? '')).toHaveLength(1);
  });

  it("is nobody else's to tell of", async () => {
    await save(failing());
    const { trouble, committer: counting } = unreliable();
    const reporting = start({ committer: counting, isOurs: () => false });
    await eventually(
      () => reporting.lastTurnAt(),
      (at) => at !== undefined,
      { withinMs: 5000, what: 'a turn' },
    );
    expect(trouble.submitted).toBe(0);
  });

  it('is opened once where the answer is lost, and then the process', async () => {
    await save(failing());
    const { trouble, committer: losing } = unreliable();
    trouble.after = Infinity;
    const first = start({ committer: losing });
    await incidentIs('OPEN');
    await first[Symbol.asyncDispose]();
    start();
    await toldIs({ isTold: true });
    expect(await all()).toMatchObject([{ triggerCount: 1, status: 'OPEN' }]);
  });

  it('is resolved by the next process although the endpoint recovered before its opening was known', async () => {
    const health = await save(failing());
    const { trouble, committer: losing } = unreliable();
    trouble.after = Infinity;
    const first = start({ committer: losing });
    await incidentIs('OPEN');
    await first[Symbol.asyncDispose]();
    await save(recovered(health));
    start();
    await incidentIs('RESOLVED');
  });

  it('is not opened where the endpoint recovered before anybody could be told', async () => {
    const health = await save(failing());
    const { trouble, committer: away } = unreliable();
    trouble.before = Infinity;
    const first = start({ committer: away });
    await toldIs({ isTold: false });
    await first[Symbol.asyncDispose]();
    await save(recovered(health));
    start();
    await toldIs(null);
    expect(await all()).toEqual([]);
  });

  it('gets worse when the endpoint is disabled, and is resolved when somebody enables it again', async () => {
    const health = await save(failing());
    const reporting = start();
    await incidentIs('OPEN');
    const at = new Date();
    await createRunTransaction(connection)(async (tx) => {
      await healths.save([{ ...health, state: 'DISABLED', since: at, circuit: null, revision: 6 }], tx);
      await endpoints.disable({ id: 'e1', url: HOOK, reason: 'GONE', at }, tx);
    });
    reporting.wake();
    await eventually(all, ([first]) => first?.severity === 'HIGH', { withinMs: 5000, what: 'it is worse' });
    await toldIs({ isTold: true });
    await endpoints.update('e1', { isActive: true, updatedAt: new Date() });
    reporting.wake();
    await incidentIs('RESOLVED');
  });

  it('is resolved when the endpoint is removed, of which nothing is left then', async () => {
    await save(failing());
    const reporting = start();
    await incidentIs('OPEN');
    await endpoints.remove('e1');
    reporting.wake();
    await incidentIs('RESOLVED');
    await eventually(
      () => healths.standings(),
      (left) => left.length === 0,
      {
        withinMs: 5000,
        what: 'its health is forgotten',
      },
    );
  });
});
