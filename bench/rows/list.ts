import type { BenchProcess } from '../harness/bench-process.ts';
import { startBenchProcess } from '../harness/bench-process.ts';
import { cpuSeconds } from '../harness/cpu-seconds.ts';
import { startOpsLens } from '../harness/start-opslens.ts';
import type { ApolloMongooseMethods } from '../processes/apollo-mongoose.ts';
import type { BareBytesMethods } from '../processes/bare-bytes.ts';
import type { IntakeLoadMethods } from '../processes/intake-load.ts';
import type { RequestTemplate } from '../processes/request-template.ts';
import { line } from '../report/row-report.ts';
import type { RowReport } from '../report/row-report.ts';
import { ROUNDS } from './bench-row.ts';
import type { BenchRowContext } from './bench-row.ts';
import { TEN_FIELDS, answerTo, graphqlRequest } from './graphql-request.ts';

const STORED = { incidents: 10_000, eventsEach: 0 };
const PAGE = 50;
const QUERY = `{ incidents(first: ${PAGE}) { nodes { ${TEN_FIELDS} } pageInfo { hasNextPage endCursor } } }`;
const CONNECTIONS = 32;
const WARM_UP_MS = 4000;
const ROUND_MS = 2500;
const BARE_GOAL = { ratioAtLeast: 0.1 };
const APOLLO_GOAL = { ratioAtLeast: 2 };

interface Contender {
  port: number;
  request: RequestTemplate;
  /** What its processor time is the sum of. */
  pids: readonly number[];
  /** Of each round. */
  perSecond: number[];
  p50: number[];
  cpuPerThousand: number[];
}

/** How many pages of incidents a second are read from the database and answered. */
export async function benchList(context: BenchRowContext): Promise<RowReport> {
  const { opened, progress } = context;
  progress(`starting the server with ${STORED.incidents} incidents, and the baselines`);
  const { server } = await startOpsLens(context, { stored: STORED });
  const load = opened.use(await startBenchProcess<IntakeLoadMethods>(file('intake-load')));
  const bare = opened.use(await startBenchProcess<BareBytesMethods>(file('bare-bytes')));
  const apollo = opened.use(await startBenchProcess<ApolloMongooseMethods>(file('apollo-mongoose')));
  const request = graphqlRequest(QUERY);
  const apolloPort = await apollo.call('listen', { mongodUri: server.mongod.uri });
  const bytes = await answerTo(server.port, request, PAGE);
  const apolloBytes = await answerTo(apolloPort, { ...request, path: '/' }, PAGE);
  const barePort = await bare.call('listen', bytes);
  const ours = contender(server.port, request, [server.pid, server.mongod.pid]);
  const plain = contender(barePort, request, [bare.pid]);
  const others = contender(apolloPort, { ...request, path: '/' }, [apollo.pid, server.mongod.pid]);

  for (let round = 0; round <= ROUNDS; round++) {
    progress(round === 0 ? 'warming up' : `round ${round} of ${ROUNDS}`);
    for (const it of [ours, plain, others]) await measure(load, it, round > 0);
  }

  const bareName = 'bare node:http, the same bytes';
  const apolloName = 'Apollo defaults, hydrated mongoose';
  const rate = {
    figure: `${PAGE} incidents, ${CONNECTIONS} connections`,
    unit: '/s',
    measured: ours.perSecond,
  };
  return {
    row: 'list',
    lines: [
      line({ ...rate, baseline: { name: bareName, values: plain.perSecond }, goal: BARE_GOAL }),
      line({ ...rate, baseline: { name: apolloName, values: others.perSecond }, goal: APOLLO_GOAL }),
      line({
        figure: 'p50',
        unit: 'ms',
        measured: ours.p50,
        baseline: { name: apolloName, values: others.p50 },
      }),
      ...(ours.cpuPerThousand.length < ROUNDS
        ? []
        : [
            line({
              figure: 'CPU per 1,000, database included',
              unit: 's',
              measured: ours.cpuPerThousand,
              baseline: { name: apolloName, values: others.cpuPerThousand },
            }),
          ]),
    ],
    notes: [
      `${STORED.incidents} incidents stored; answers of ${bytes.length} bytes (${apolloBytes.length} from Apollo), rounds of ${ROUND_MS / 1000} s; Apollo reads the same collection by the same index`,
    ],
  };
}

function contender(port: number, request: RequestTemplate, pids: readonly number[]): Contender {
  return { port, request, pids, perSecond: [], p50: [], cpuPerThousand: [] };
}

async function measure(load: BenchProcess<IntakeLoadMethods>, it: Contender, keep: boolean): Promise<void> {
  const { port, request } = it;
  const until = { ms: keep ? ROUND_MS : WARM_UP_MS };
  const cpuBefore = await cpuSeconds(it.pids);
  const done = await load.call('load', { port, request, connections: CONNECTIONS, firstSeq: 1, until });
  const cpuAfter = await cpuSeconds(it.pids);
  if (!keep) return;
  it.perSecond.push(done.answered / done.seconds);
  it.p50.push(done.p50Ms);
  if (cpuBefore !== null && cpuAfter !== null)
    it.cpuPerThousand.push((cpuAfter - cpuBefore) / (done.answeredInAll / 1000));
}

function file(name: 'intake-load' | 'bare-bytes' | 'apollo-mongoose'): URL {
  return new URL(`../processes/${name}.ts`, import.meta.url);
}
