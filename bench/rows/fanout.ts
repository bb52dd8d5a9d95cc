import { startBenchProcess } from '../harness/bench-process.ts';
import { startOpsLens } from '../harness/start-opslens.ts';
import type { ArrivalsMethods } from '../processes/arrivals.ts';
import type { PlainGraphqlWsMethods } from '../processes/plain-graphql-ws.ts';
import type { SubscribersMethods } from '../processes/subscribers.ts';
import { median } from '../report/median.ts';
import { line } from '../report/row-report.ts';
import type { Line, LineInput, RowReport } from '../report/row-report.ts';
import { ROUNDS } from './bench-row.ts';
import type { BenchRowContext } from './bench-row.ts';
import { createFanOutBench } from './fan-out-contender.ts';
import type { FanOutBench, FanOutContender, ToldRound } from './fan-out-contender.ts';
import { measurePaused } from './fan-out-paused.ts';
import { GITHUB_SECRET, genericWebhook, signedWebhook } from './webhook-templates.ts';

const SUBSCRIBERS = 1000;
const PER_SECOND = 25;
const ROUND_SECONDS = 4;
const UNHEARD_SECONDS = 3;
const CPU_GOAL = { ratioAtLeast: 2.8 };
/** Events a second that are tried, each for a while, until one is too much. */
const LADDER = [10, 20, 30, 45, 60, 80, 100, 130, 160];
const RUNG_SECONDS = 3;
const SUSTAINED_P99_MS = 500;

interface Measured {
  contender: FanOutContender;
  /** Without a subscriber. */
  unheard: ToldRound[];
  rounds: ToldRound[];
}

/** What it costs to tell a thousand subscribers who ask the same of each event. */
export async function benchFanOut(context: BenchRowContext): Promise<RowReport> {
  const { opened, progress } = context;
  progress('starting the server, the subscribers and the baseline');
  const subscribers = opened.use(await startBenchProcess<SubscribersMethods>(file('subscribers')));
  const arrivals = opened.use(await startBenchProcess<ArrivalsMethods>(file('arrivals')));
  const plainProcess = opened.use(await startBenchProcess<PlainGraphqlWsMethods>(file('plain-graphql-ws')));
  const { server } = await startOpsLens(context);
  const ours = measured({
    name: 'OpsLens',
    webhookPort: server.port,
    port: server.port,
    request: genericWebhook,
    pid: server.pid,
    databasePid: server.mongod.pid,
  });
  const plain = measured({
    name: 'graphql-ws as it comes',
    ...(await plainProcess.call('listen', { secret: GITHUB_SECRET })),
    request: signedWebhook,
    pid: plainProcess.pid,
    databasePid: null,
  });
  const bench = createFanOutBench({ arrivals, subscribers });

  for (let round = 0; round <= ROUNDS; round++) {
    progress(round === 0 ? 'warming up' : `round ${round} of ${ROUNDS}, without subscribers`);
    for (const { contender, unheard } of [ours, plain]) {
      const told = await bench.tell(contender, { perSecond: PER_SECOND, seconds: UNHEARD_SECONDS }, null);
      if (round > 0) unheard.push(told);
    }
  }
  for (let round = 0; round <= ROUNDS; round++) {
    progress(round === 0 ? 'warming up' : `round ${round} of ${ROUNDS}, ${SUBSCRIBERS} subscribers`);
    for (const { contender, rounds } of [ours, plain]) {
      const crowd = await bench.gather(contender, SUBSCRIBERS);
      const seconds = round === 0 ? 2 : ROUND_SECONDS;
      const told = await bench.tell(contender, { perSecond: PER_SECOND, seconds }, crowd);
      await bench.scatter(crowd);
      if (round > 0) rounds.push(told);
    }
  }
  progress('looking for the most events a second');
  const sustained = [await climb(bench, ours.contender), await climb(bench, plain.contender)] as const;
  const paused = await measurePaused({ bench, subscribers, contender: ours.contender, progress });

  const against = (valuesOf: (it: Measured) => number[], what: Pick<LineInput, 'figure' | 'unit' | 'goal'>) =>
    compare(ours, plain, valuesOf, what);
  return {
    row: 'fanout',
    lines: [
      ...against((it) => it.rounds.flatMap(deliveriesPerCpuSecond), {
        figure: 'per CPU second of the server, intake included',
        unit: '/s',
        goal: CPU_GOAL,
      }),
      ...against(fanOutAlone, { figure: 'per CPU second, fan-out alone', unit: '/s', goal: CPU_GOAL }),
      ...against((it) => it.rounds.flatMap(deliveriesPerCpuSecondInAll), {
        figure: 'per CPU second of server and database',
        unit: '/s',
      }),
      ...against((it) => it.rounds.flatMap(({ findings }) => findings?.p50Ms ?? []), {
        figure: 'posted to received p50',
        unit: 'ms',
      }),
      ...against((it) => it.rounds.flatMap(({ findings }) => findings?.p99Ms ?? []), {
        figure: 'posted to received p99',
        unit: 'ms',
      }),
      line({
        figure: 'sustained',
        unit: 'events/s',
        measured: [sustained[0]],
        ...(sustained[1] > 0 && { baseline: { name: plain.contender.name, values: [sustained[1]] } }),
      }),
      ...paused.lines,
    ],
    notes: [
      `${SUBSCRIBERS} subscribers, ${PER_SECOND} events a second by webhook, messages of ${messageBytes(ours)} bytes (${messageBytes(plain)} from graphql-ws); graphql-ws verifies each webhook, and keeps and numbers nothing`,
      `fan-out alone: less what as many webhooks cost with no subscriber, ${cpuPerEvent(ours)} and ${cpuPerEvent(plain)} ms of the server for each`,
      `sustained: of ${LADDER.join(', ')} events a second the last at which all had all events and p99 was at most ${SUSTAINED_P99_MS} ms`,
      ...paused.notes,
      ...[ours, plain].flatMap(problems),
    ],
  };
}

function measured(contender: FanOutContender): Measured {
  return { contender, unheard: [], rounds: [] };
}

/** None where the system does not tell, or a round went wrong. */
function compare(
  ours: Measured,
  plain: Measured,
  valuesOf: (it: Measured) => number[],
  what: Pick<LineInput, 'figure' | 'unit' | 'goal'>,
): Line[] {
  const [values, baseline] = [valuesOf(ours), valuesOf(plain)];
  if (values.length < ROUNDS || baseline.length < ROUNDS) return [];
  return [line({ ...what, measured: values, baseline: { name: plain.contender.name, values: baseline } })];
}

function deliveriesPerCpuSecond({ findings, cpu }: ToldRound): number[] {
  return findings === null || cpu === null ? [] : [findings.deliveries / cpu];
}

function deliveriesPerCpuSecondInAll({ findings, cpu, databaseCpu }: ToldRound): number[] {
  return findings === null || cpu === null ? [] : [findings.deliveries / (cpu + (databaseCpu ?? 0))];
}

function fanOutAlone({ rounds, unheard }: Measured): number[] {
  const perEvent = unheard.flatMap(({ cpu, events }) => (cpu === null ? [] : cpu / events));
  if (perEvent.length === 0) return [];
  const each = median(perEvent);
  return rounds.flatMap(({ findings, cpu, events }) =>
    findings === null || cpu === null ? [] : findings.deliveries / (cpu - each * events),
  );
}

/** Gathers anew for each rung: who was cut off on one is not to spoil the next. */
async function climb(bench: FanOutBench, contender: FanOutContender): Promise<number> {
  let sustained = 0;
  for (const perSecond of LADDER) {
    const crowd = await bench.gather(contender, SUBSCRIBERS);
    const { findings } = await bench.tell(contender, { perSecond, seconds: RUNG_SECONDS }, crowd);
    await bench.scatter(crowd);
    if (findings === null || findings.p99Ms > SUSTAINED_P99_MS) break;
    sustained = perSecond;
  }
  return sustained;
}

function messageBytes({ rounds }: Measured): string {
  return (rounds[0]?.findings?.bytes ?? Number.NaN).toFixed(0);
}

function cpuPerEvent({ unheard }: Measured): string {
  const each = unheard.flatMap(({ cpu, events }) => (cpu === null ? [] : (cpu / events) * 1000));
  return each.length === 0 ? 'unknown' : median(each).toFixed(2);
}

function problems({ contender, rounds }: Measured): string[] {
  return rounds.flatMap(({ findings }, index) => {
    if (findings === null) return [`${contender.name}: not all had all events in round ${index + 1}`];
    const { outOfOrder } = findings;
    return outOfOrder === 0 ? [] : [`wrong: ${contender.name}: ${outOfOrder} events out of order`];
  });
}

function file(name: 'subscribers' | 'arrivals' | 'plain-graphql-ws'): URL {
  return new URL(`../processes/${name}.ts`, import.meta.url);
}
