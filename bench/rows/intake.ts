import { join } from 'node:path';
import { allNumbered } from '../harness/all-numbered.ts';
import { startBaselineMongod } from '../harness/baseline-mongod.ts';
import type { BenchProcess } from '../harness/bench-process.ts';
import { startBenchProcess } from '../harness/bench-process.ts';
import { cpuSeconds } from '../harness/cpu-seconds.ts';
import { startOpsLens } from '../harness/start-opslens.ts';
import type { BareIntakeMethods } from '../processes/bare-intake.ts';
import type { InsertIntakeMethods } from '../processes/insert-intake.ts';
import type { IntakeLoadMethods, LoadOrder, LoadResult } from '../processes/intake-load.ts';
import type { RequestTemplate } from '../processes/request-template.ts';
import { median } from '../report/median.ts';
import { line } from '../report/row-report.ts';
import type { Line, LineInput, RowReport } from '../report/row-report.ts';
import type { Goal } from '../report/verdict.ts';
import { ROUNDS } from './bench-row.ts';
import type { BenchRowContext } from './bench-row.ts';
import { GITHUB_SECRET, genericWebhook, githubWebhook, signedWebhook } from './webhook-templates.ts';

const CONNECTIONS = 64;
const WARM_UP_MS = 4000;
const ROUND_MS = 2500;
const BARE_GOAL = { ratioAtLeast: 0.2 };
const INSERT_GOAL = { ratioAtLeast: 1.5 };

interface Contender {
  port: number;
  request: RequestTemplate;
  /** What its processor time is the sum of. */
  pids: readonly number[];
  /** Of each round. */
  perSecond: number[];
  cpuPerThousand: number[];
}

/** How many webhooks a second are committed and answered. */
export async function benchIntake(context: BenchRowContext): Promise<RowReport> {
  const { opened, progress, folder } = context;
  progress('starting the server, a second mongod and the baselines');
  const { server, database } = await startOpsLens(context);
  const mongod = opened.use(await startBaselineMongod(join(folder, 'baseline')));
  const load = opened.use(await startBenchProcess<IntakeLoadMethods>(file('intake-load')));
  const bare = opened.use(await startBenchProcess<BareIntakeMethods>(file('bare-intake')));
  const insert = opened.use(await startBenchProcess<InsertIntakeMethods>(file('insert-intake')));
  const barePort = await bare.call('listen', { secret: GITHUB_SECRET });
  const insertPort = await insert.call('listen', { secret: GITHUB_SECRET, mongodUri: mongod.uri });
  const ownPids = [server.pid, server.mongod.pid];
  const generic = contender(server.port, genericWebhook, ownPids);
  const github = contender(server.port, githubWebhook, ownPids);
  const plain = contender(barePort, signedWebhook, [bare.pid]);
  const inserting = contender(insertPort, signedWebhook, [insert.pid, mongod.pid() ?? 0]);
  const settling: number[] = [];
  const run = createRun(load);
  let committed = 0;

  for (let round = 0; round <= ROUNDS; round++) {
    progress(round === 0 ? 'warming up' : `round ${round} of ${ROUNDS}`);
    for (const it of [generic, plain, github, inserting]) {
      const cpuBefore = await cpuSeconds(it.pids);
      const { answered, seconds, answeredInAll } = await run(it, round === 0 ? WARM_UP_MS : ROUND_MS);
      if (it.port === server.port) {
        committed += answeredInAll;
        // What it still has to number must not slow down the next one.
        settling.push(await allNumbered(database));
      }
      const cpuAfter = await cpuSeconds(it.pids);
      if (round === 0) continue;
      it.perSecond.push(answered / seconds);
      if (cpuBefore !== null && cpuAfter !== null)
        it.cpuPerThousand.push((cpuAfter - cpuBefore) / (answeredInAll / 1000));
    }
  }

  const receipts = await database.collection('receipts').countDocuments();
  if (receipts !== committed)
    throw new Error(`${committed} webhooks were answered 2xx, ${receipts} are stored`);
  const bareName = 'bare node:http, HMAC + JSON.parse';
  const insertName = 'one journaled insertOne per request';
  return {
    row: 'intake',
    lines: [
      rateLine('generic', generic, { name: bareName, values: plain.perSecond }, BARE_GOAL),
      rateLine('generic', generic, { name: insertName, values: inserting.perSecond }, INSERT_GOAL),
      rateLine('github, signed', github, { name: bareName, values: plain.perSecond }, BARE_GOAL),
      rateLine('github, signed', github, { name: insertName, values: inserting.perSecond }, INSERT_GOAL),
      ...cpuLine('generic, CPU per 1,000', generic, { name: bareName, values: plain.cpuPerThousand }),
      ...cpuLine('generic, CPU per 1,000', generic, { name: insertName, values: inserting.cpuPerThousand }),
    ],
    notes: [
      `${CONNECTIONS} connections, bodies of ${genericWebhook.body.length} and ${githubWebhook.body.length} bytes, no two the same, rounds of ${ROUND_MS / 1000} s`,
      `all ${committed} webhooks answered 2xx were found stored; their last events had numbers ${median(settling).toFixed(0)} ms after the load ended (median)`,
    ],
  };
}

function contender(port: number, request: RequestTemplate, pids: readonly number[]): Contender {
  return { port, request, pids, perSecond: [], cpuPerThousand: [] };
}

type Baseline = NonNullable<LineInput['baseline']>;

function rateLine(figure: string, { perSecond }: Contender, baseline: Baseline, goal: Goal): Line {
  return line({ figure, unit: '/s', measured: perSecond, baseline, goal });
}

/** None where the system does not tell. */
function cpuLine(figure: string, { cpuPerThousand }: Contender, baseline: Baseline): Line[] {
  return cpuPerThousand.length === 0 ? [] : [line({ figure, unit: 's', measured: cpuPerThousand, baseline })];
}

function createRun(load: BenchProcess<IntakeLoadMethods>) {
  let firstSeq = 1;
  return async ({ port, request }: Contender, ms: number): Promise<LoadResult> => {
    const order: LoadOrder = { port, request, connections: CONNECTIONS, firstSeq, until: { ms } };
    firstSeq += 1_000_000;
    return load.call('load', order);
  };
}

function file(name: 'intake-load' | 'bare-intake' | 'insert-intake'): URL {
  return new URL(`../processes/${name}.ts`, import.meta.url);
}
