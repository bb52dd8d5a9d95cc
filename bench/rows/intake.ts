import { join } from 'node:path';
import { allNumbered } from '../harness/all-numbered.ts';
import { startBaselineMongod } from '../harness/baseline-mongod.ts';
import type { BenchProcess } from '../harness/bench-process.ts';
import { startBenchProcess } from '../harness/bench-process.ts';
import { startOpsLens } from '../harness/start-opslens.ts';
import type { BareIntakeMethods } from '../processes/bare-intake.ts';
import type { InsertIntakeMethods } from '../processes/insert-intake.ts';
import type { IntakeLoadMethods, LoadOrder } from '../processes/intake-load.ts';
import type { RequestTemplate } from '../processes/request-template.ts';
import { median } from '../report/median.ts';
import { line } from '../report/row-report.ts';
import type { RowReport } from '../report/row-report.ts';
import { ROUNDS } from './bench-row.ts';
import type { BenchRowContext } from './bench-row.ts';
import { GITHUB_SECRET, genericWebhook, githubWebhook, signedWebhook } from './webhook-templates.ts';

const CONNECTIONS = 64;
const WARM_UP_MS = 1500;
const ROUND_MS = 2500;
const BARE_GOAL = { ratioAtLeast: 0.2 };
const INSERT_GOAL = { ratioAtLeast: 1.5 };

interface Contender {
  name: 'generic' | 'github' | 'bare' | 'insert';
  port: number;
  request: RequestTemplate;
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
  const contenders: Contender[] = [
    { name: 'generic', port: server.port, request: genericWebhook },
    { name: 'bare', port: barePort, request: signedWebhook },
    { name: 'github', port: server.port, request: githubWebhook },
    { name: 'insert', port: insertPort, request: signedWebhook },
  ];
  const rates: Record<Contender['name'], number[]> = { generic: [], github: [], bare: [], insert: [] };
  const settling: number[] = [];
  const run = createRun(load);
  let committed = 0;

  for (let round = 0; round <= ROUNDS; round++) {
    progress(round === 0 ? 'warming up' : `round ${round} of ${ROUNDS}`);
    for (const { name, port, request } of contenders) {
      const { answered, seconds, answeredInAll } = await run(
        port,
        request,
        round === 0 ? WARM_UP_MS : ROUND_MS,
      );
      if (port === server.port) {
        committed += answeredInAll;
        // What it still has to number must not slow down the next one.
        const ms = await allNumbered(database);
        if (round > 0) settling.push(ms);
      }
      if (round > 0) rates[name].push(answered / seconds);
    }
  }

  const receipts = await database.collection('receipts').countDocuments();
  if (receipts !== committed)
    throw new Error(`${committed} webhooks were answered 2xx, ${receipts} are stored`);
  const vsBare = { name: 'bare node:http, HMAC + JSON.parse', values: rates.bare };
  const vsInsert = { name: 'one journaled insertOne per request', values: rates.insert };
  const unit = '/s';
  return {
    row: 'intake',
    lines: [
      line({ figure: 'generic', unit, measured: rates.generic, baseline: vsBare, goal: BARE_GOAL }),
      line({ figure: 'generic', unit, measured: rates.generic, baseline: vsInsert, goal: INSERT_GOAL }),
      line({ figure: 'github, signed', unit, measured: rates.github, baseline: vsBare, goal: BARE_GOAL }),
      line({ figure: 'github, signed', unit, measured: rates.github, baseline: vsInsert, goal: INSERT_GOAL }),
    ],
    notes: [
      `${CONNECTIONS} connections, bodies of ${genericWebhook.body.length} and ${githubWebhook.body.length} bytes, no two the same, rounds of ${ROUND_MS / 1000} s`,
      `all ${committed} webhooks answered 2xx were found stored; their last events had numbers ${median(settling).toFixed(0)} ms after the load ended (median)`,
    ],
  };
}

function createRun(load: BenchProcess<IntakeLoadMethods>) {
  let firstSeq = 1;
  return async (port: number, request: RequestTemplate, ms: number) => {
    const order: LoadOrder = { port, request, connections: CONNECTIONS, firstSeq, until: { ms } };
    const result = await load.call('load', order);
    firstSeq += 1_000_000;
    return result;
  };
}

function file(name: 'intake-load' | 'bare-intake' | 'insert-intake'): URL {
  return new URL(`../processes/${name}.ts`, import.meta.url);
}
