import type { BenchProcess } from '../harness/bench-process.ts';
import { allNumbered } from '../harness/all-numbered.ts';
import { startBenchProcess } from '../harness/bench-process.ts';
import { startOpsLens } from '../harness/start-opslens.ts';
import type { OpsLens } from '../harness/start-opslens.ts';
import { watchMemory } from '../harness/watch-memory.ts';
import { encodeCursor } from '../../src/graphql/paging/cursor.ts';
import { incidentModel } from '../../src/store/incident-row.ts';
import type { IntakeLoadMethods } from '../processes/intake-load.ts';
import type { RequestTemplate } from '../processes/request-template.ts';
import { line } from '../report/row-report.ts';
import type { Line, LineInput, RowReport } from '../report/row-report.ts';
import { ROUNDS } from './bench-row.ts';
import type { BenchRowContext } from './bench-row.ts';
import { TEN_FIELDS, answerTo, graphqlRequest } from './graphql-request.ts';
import { genericWebhook } from './webhook-templates.ts';

const SMALL = 10_000;
const EVENTS_EACH = 3;
const PAGE = 50;
const CONNECTIONS = 32;
const INTAKE_CONNECTIONS = 64;
const WARM_UP_MS = 2000;
const ROUND_MS = 1200;
const INTAKE_MS = 2500;
/** Within 1.25 times, as a rate. */
const RATE_GOAL = { ratioAtLeast: 0.8 };
const TIME_GOAL = { ratioAtMost: 1.25 };
const MEMORY_GOAL = { valueAtMost: 300 };

/** The pages that are asked for; each must be full. */
const FILTERS = {
  'default list': '',
  'by status and severity': ', filter: { status: [OPEN, ACKNOWLEDGED], severity: [HIGH, CRITICAL] }',
  'a page from the middle': ', after: $after',
  'by text': ', filter: { text: "gateway certificate" }',
} as const;

type ListName = keyof typeof FILTERS;
const LISTS = Object.keys(FILTERS) as ListName[];

interface Figures {
  perSecond: number[];
  p50: number[];
}

interface Grown {
  opslens: OpsLens;
  requests: Record<ListName, RequestTemplate>;
  lists: Record<ListName, Figures>;
  intake: number[];
  peaks: number[];
}

/** What lists and intake lose when a database holds many times as much. */
export async function benchGrowth(context: BenchRowContext): Promise<RowReport> {
  const { opened, progress, incidents } = context;
  const load = opened.use(await startBenchProcess<IntakeLoadMethods>(file('intake-load')));
  const startedAt = performance.now();
  const small = await start(context, 'small', SMALL);
  progress(`making ${incidents} incidents and ${incidents * EVENTS_EACH} events`);
  const large = await start(context, 'large', incidents);
  const madeIn = (performance.now() - startedAt) / 1000;
  let firstSeq = 1;

  for (let round = 0; round <= ROUNDS; round++) {
    progress(round === 0 ? 'warming up' : `round ${round} of ${ROUNDS}`);
    const both = round % 2 === 0 ? [small, large] : [large, small];
    const memories = both.map((it) => ({ it, memory: watchMemory(it.opslens.server.pid) }));
    for (const name of LISTS) for (const it of both) await read(load, it, name, round > 0);
    for (const it of both) {
      firstSeq = await takeIn(load, it, firstSeq, round > 0);
    }
    for (const { it, memory } of memories) it.peaks.push(...(await memory.stop()));
  }

  const smallName = `the same at ${SMALL}`;
  const against = (values: readonly number[], what: LineInput): Line =>
    line({ ...what, baseline: { name: smallName, values } });
  return {
    row: `at ${incidents}`,
    lines: [
      ...LISTS.flatMap((name) => [
        against(small.lists[name].perSecond, {
          figure: name,
          unit: '/s',
          measured: large.lists[name].perSecond,
          goal: RATE_GOAL,
        }),
        against(small.lists[name].p50, {
          figure: `${name}, p50`,
          unit: 'ms',
          measured: large.lists[name].p50,
          goal: TIME_GOAL,
        }),
      ]),
      against(small.intake, { figure: 'intake', unit: '/s', measured: large.intake, goal: RATE_GOAL }),
      ...(large.peaks.length === 0
        ? []
        : [
            line({
              figure: 'memory of the process',
              unit: 'MB',
              measured: [Math.max(...large.peaks)],
              baseline: { name: smallName, values: [Math.max(...small.peaks)] },
              goal: MEMORY_GOAL,
            }),
          ]),
    ],
    notes: [
      `each with ${EVENTS_EACH} events to an incident; both databases were made in ${madeIn.toFixed(0)} s`,
      `pages of ${PAGE} with ten fields: rates at ${CONNECTIONS} connections, p50 at one; intake at ${INTAKE_CONNECTIONS}`,
    ],
  };
}

async function start(context: BenchRowContext, name: string, incidents: number): Promise<Grown> {
  const opslens = await startOpsLens(context, { name, stored: { incidents, eventsEach: EVENTS_EACH } });
  const [middle] = await incidentModel(opslens.database)
    .find()
    .sort({ openedAt: -1, _id: -1 })
    .skip(incidents >> 1)
    .limit(1)
    .lean();
  if (middle === undefined) throw new Error('nothing is stored');
  const after = encodeCursor('opened-', { value: middle.openedAt.getTime(), id: middle._id });
  const requestOf = (list: ListName): RequestTemplate => {
    const filter = FILTERS[list];
    const query = `incidents(first: ${PAGE}${filter}) { nodes { ${TEN_FIELDS} } pageInfo { hasNextPage endCursor } }`;
    return filter.includes('$after')
      ? graphqlRequest(`query($after: String) { ${query} }`, { after })
      : graphqlRequest(`{ ${query} }`);
  };
  const requests = byList(requestOf);
  for (const list of LISTS) await answerTo(opslens.server.port, requests[list], PAGE);
  return { opslens, requests, lists: byList(() => ({ perSecond: [], p50: [] })), intake: [], peaks: [] };
}

function byList<T>(make: (list: ListName) => T): Record<ListName, T> {
  return Object.fromEntries(LISTS.map((list) => [list, make(list)])) as Record<ListName, T>;
}

async function read(
  load: BenchProcess<IntakeLoadMethods>,
  { opslens, requests, lists }: Grown,
  name: ListName,
  keep: boolean,
): Promise<void> {
  const order = { port: opslens.server.port, request: requests[name], firstSeq: 1 };
  const until = { ms: keep ? ROUND_MS : WARM_UP_MS };
  const many = await load.call('load', { ...order, connections: CONNECTIONS, until });
  const one = await load.call('load', { ...order, connections: 1, until: { ms: ROUND_MS / 2 } });
  if (!keep) return;
  lists[name].perSecond.push(many.answered / many.seconds);
  lists[name].p50.push(one.p50Ms);
}

/** Returns the number of the next webhook. */
async function takeIn(
  load: BenchProcess<IntakeLoadMethods>,
  { opslens, intake }: Grown,
  firstSeq: number,
  keep: boolean,
): Promise<number> {
  const done = await load.call('load', {
    port: opslens.server.port,
    request: genericWebhook,
    connections: INTAKE_CONNECTIONS,
    firstSeq,
    until: { ms: INTAKE_MS },
  });
  await allNumbered(opslens.database);
  if (keep) intake.push(done.answered / done.seconds);
  return firstSeq + done.answeredInAll;
}

function file(name: 'intake-load'): URL {
  return new URL(`../processes/${name}.ts`, import.meta.url);
}
