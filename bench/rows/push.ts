import { startBenchProcess } from '../harness/bench-process.ts';
import { cpuSeconds } from '../harness/cpu-seconds.ts';
import { registerEndpoint } from '../harness/register-endpoint.ts';
import { startBullmq } from '../harness/start-bullmq.ts';
import { startOpsLens } from '../harness/start-opslens.ts';
import type { BullmqPushMethods } from '../processes/bullmq-push.ts';
import type { IntakeLoadMethods } from '../processes/intake-load.ts';
import type { RawPushMethods } from '../processes/raw-push.ts';
import type { SinkMethods } from '../processes/sink.ts';
import { line } from '../report/row-report.ts';
import type { Line, RowReport } from '../report/row-report.ts';
import { ROUNDS } from './bench-row.ts';
import type { BenchRowContext } from './bench-row.ts';
import { createOpsLensPusher } from './push-by-opslens.ts';
import type { PushedRound } from './push-by-opslens.ts';

const SECRET = 'bench-endpoint-secret';
const PUSHES = 10_000;
const RAW_PUSHES = 20_000;
const WARM_UP_PUSHES = 6000;
/** Of the baselines; OpsLens keeps its own limits. */
const IN_FLIGHT = 64;
const RAW_GOAL = { ratioAtLeast: 0.32 };
const BULLMQ_GOAL = { ratioAtLeast: 1.25 };
const CPU_GOAL = { valueAtMost: 0.4 };

/** How many committed events a second are numbered, fanned out, signed, sent in order and recorded. */
export async function benchPush(context: BenchRowContext): Promise<RowReport> {
  const { opened, progress } = context;
  progress('starting the server, the sink and the baselines');
  const sink = opened.use(await startBenchProcess<SinkMethods>(file('sink')));
  const url = `http://127.0.0.1:${await sink.call('listen')}/hooks`;
  const opslens = await startOpsLens(context);
  const load = opened.use(await startBenchProcess<IntakeLoadMethods>(file('intake-load')));
  const raw = opened.use(await startBenchProcess<RawPushMethods>(file('raw-push')));
  await raw.call('aim', { url, secret: SECRET, inFlight: IN_FLIGHT });
  const started = await startBullmqPusher(context, url);
  const bullmq = typeof started === 'string' ? null : started;
  const endpointIds = [await registerEndpoint({ serverUrl: opslens.server.url, url, secret: SECRET })];
  const pusher = createOpsLensPusher({ opslens, sink, load, secret: SECRET, endpointIds });

  progress('warming up');
  await pusher.warmUp(WARM_UP_PUSHES);
  const body = await sink.call('sampleBody');
  await raw.call('push', { count: WARM_UP_PUSHES, body });
  await bullmq?.push(WARM_UP_PUSHES, body);

  const ours: PushedRound[] = [];
  const rawRates: number[] = [];
  const bullmqRounds: { perSecond: number; cpuPerThousand: number | null }[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    progress(`round ${round} of ${ROUNDS}`);
    await pusher.hold();
    await sink.call('clear');
    rawRates.push(RAW_PUSHES / (await raw.call('push', { count: RAW_PUSHES, body })));
    await sink.call('clear');
    if (bullmq !== null) bullmqRounds.push(await bullmq.push(PUSHES, body));
    ours.push(await pusher.push(PUSHES));
  }

  const vsRaw = { name: 'raw undici pool, same body', values: rawRates };
  const vsBullmq = { name: 'BullMQ, Redis AOF everysec', values: bullmqRounds.map((it) => it.perSecond) };
  const measured = ours.map(({ perSecond }) => perSecond);
  const figure = 'end to end';
  const unit = '/s';
  return {
    row: 'push',
    lines: [
      line({ figure, unit, measured, baseline: vsRaw, goal: RAW_GOAL }),
      ...(bullmq === null ? [] : [line({ figure, unit, measured, baseline: vsBullmq, goal: BULLMQ_GOAL })]),
      ...cpuLines(ours, bullmqRounds),
    ],
    notes: [
      `${PUSHES} events a round of ${PUSHES / 2} incidents for one endpoint, body of ${body.length} bytes; from the first number given to the last delivery recorded`,
      `baselines: ${IN_FLIGHT} in flight, both signatures made for each push; BullMQ keeps neither order nor history`,
      findingsNote(ours),
      ...(typeof started === 'string' ? [started] : []),
    ],
  };
}

interface BullmqPusher {
  push(count: number, body: string): Promise<{ perSecond: number; cpuPerThousand: number | null }>;
}

/** A reason where there is none. */
async function startBullmqPusher(context: BenchRowContext, url: string): Promise<BullmqPusher | string> {
  const target = { url, secret: SECRET, inFlight: IN_FLIGHT };
  const started = await startBullmq<BullmqPushMethods>(context, file('bullmq-push'), (bullmq, { port }) =>
    bullmq.call('aim', { ...target, redisPort: port }),
  );
  if (started.kind === 'absent') return started.reason;
  const { process: bullmq, redis } = started;
  context.opened.use({ [Symbol.asyncDispose]: () => bullmq.call('close') });
  const pids = [bullmq.pid, redis.pid];
  return {
    async push(count, body) {
      const before = await cpuSeconds(pids);
      const seconds = await bullmq.call('push', { count, body });
      const after = await cpuSeconds(pids);
      const cpuPerThousand = before === null || after === null ? null : (after - before) / (count / 1000);
      return { perSecond: count / seconds, cpuPerThousand };
    },
  };
}

interface WithCpu {
  cpuPerThousand: number | null;
}

function cpuLines(ours: readonly WithCpu[], bullmq: readonly WithCpu[]): Line[] {
  const measured = ours.flatMap(({ cpuPerThousand }) => cpuPerThousand ?? []);
  const theirs = bullmq.flatMap(({ cpuPerThousand }) => cpuPerThousand ?? []);
  if (measured.length < ours.length) return [];
  return [
    line({
      figure: 'CPU per 1,000, database included',
      unit: 's',
      measured,
      ...(theirs.length === measured.length && {
        baseline: { name: 'BullMQ, Redis included', values: theirs },
      }),
      goal: CPU_GOAL,
    }),
  ];
}

function findingsNote(rounds: readonly PushedRound[]): string {
  const sum = (count: (findings: PushedRound['findings']) => number): number =>
    rounds.reduce((total, { findings }) => total + count(findings), 0);
  const twice = sum(({ received, distinct }) => received - distinct);
  return `of ${sum(({ received }) => received)} received, ${twice} came twice, ${sum((it) => it.badSignatures)} were badly signed, ${sum((it) => it.outOfOrder)} out of order within their incident`;
}

function file(name: 'sink' | 'intake-load' | 'raw-push' | 'bullmq-push'): URL {
  return new URL(`../processes/${name}.ts`, import.meta.url);
}
