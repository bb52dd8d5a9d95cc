import { setTimeout as sleep } from 'node:timers/promises';
import { startBenchProcess } from '../harness/bench-process.ts';
import { registerEndpoint } from '../harness/register-endpoint.ts';
import { startBullmq } from '../harness/start-bullmq.ts';
import { startOpsLens } from '../harness/start-opslens.ts';
import type { ArrivalsMethods } from '../processes/arrivals.ts';
import type { RelayMethods } from '../processes/relay.ts';
import type { RequestTemplate } from '../processes/request-template.ts';
import type { SinkMethods } from '../processes/sink.ts';
import { percentile } from '../report/percentile.ts';
import { line } from '../report/row-report.ts';
import type { Line, RowReport } from '../report/row-report.ts';
import type { Goal } from '../report/verdict.ts';
import { ROUNDS } from './bench-row.ts';
import type { BenchRowContext } from './bench-row.ts';
import { GITHUB_SECRET, genericWebhook, signedWebhook } from './webhook-templates.ts';

const PER_SECOND = 50;
const ROUND_SECONDS = 4;
const WARM_UP_SECONDS = 3;
const GOALS = { 50: { valueAtMost: 10 }, 99: { valueAtMost: 40 } } as const;

interface Contender {
  name: string;
  port: number;
  request: RequestTemplate;
  received: number[];
  answered: number[];
}

/** How long it takes from a webhook posted to the push of its event received, while little is going on. */
export async function benchLatency(context: BenchRowContext): Promise<RowReport> {
  const { opened, progress } = context;
  progress('starting the server, the sink and the baselines');
  const sink = opened.use(await startBenchProcess<SinkMethods>(file('sink')));
  const url = `http://127.0.0.1:${await sink.call('listen')}/hooks`;
  const { server } = await startOpsLens(context);
  await registerEndpoint({ serverUrl: server.url, url, secret: GITHUB_SECRET });
  const arrivals = opened.use(await startBenchProcess<ArrivalsMethods>(file('arrivals')));
  const ours = contender('OpsLens', server.port, genericWebhook);
  const bare = await startBareRelay(context, url);
  const started = await startBullmqRelay(context, url);
  const bullmq = typeof started === 'string' ? null : started;
  let firstSeq = 1;

  const measure = async (it: Contender, seconds: number, keep: boolean): Promise<void> => {
    await sink.call('clear');
    const order = { port: it.port, request: it.request, perSecond: PER_SECOND, seconds, firstSeq };
    firstSeq += PER_SECOND * seconds;
    const { postedAt, answeredIn } = await arrivals.call('arrive', order);
    await sink.call('reach', { count: postedAt.size });
    const receivedAt = await sink.call('arrivals');
    if (!keep) return;
    it.answered.push(...answeredIn);
    for (const [seq, at] of postedAt) {
      const came = receivedAt.get(seq);
      if (came === undefined) throw new Error(`${it.name}: number ${seq} was not received`);
      it.received.push(came - at);
    }
  };

  const contenders = bullmq === null ? [ours, bare] : [ours, bare, bullmq];
  for (let round = 0; round <= ROUNDS; round++) {
    progress(round === 0 ? 'warming up' : `round ${round} of ${ROUNDS}`);
    for (const it of contenders) {
      await measure(it, round === 0 ? WARM_UP_SECONDS : ROUND_SECONDS, round > 0);
      await sleep(200);
    }
  }

  return {
    row: 'posted to received',
    lines: [
      ...lines(ours, bare, GOALS),
      ...(bullmq === null ? [] : lines(ours, bullmq, null)),
      ...([50, 99] as const).map((percent) =>
        line({ figure: `answered p${percent}`, unit: 'ms', measured: [percentile(ours.answered, percent)] }),
      ),
    ],
    notes: [
      `${PER_SECOND} a second whether or not answered, ${ours.received.length} webhooks for each, over ${ROUNDS} interleaved rounds`,
      'the relays keep no incident, no order and no history, and BullMQ answers before Redis has the job on disk',
      ...(typeof started === 'string' ? [started] : []),
    ],
  };
}

function lines(ours: Contender, baseline: Contender, goals: Record<50 | 99, Goal> | null): Line[] {
  return ([50, 99] as const).map((percent) =>
    line({
      figure: `p${percent}`,
      unit: 'ms',
      measured: [percentile(ours.received, percent)],
      baseline: { name: baseline.name, values: [percentile(baseline.received, percent)] },
      ...(goals !== null && { goal: goals[percent] }),
    }),
  );
}

function contender(name: string, port: number, request: RequestTemplate): Contender {
  return { name, port, request, received: [], answered: [] };
}

async function startBareRelay({ opened }: BenchRowContext, url: string): Promise<Contender> {
  const relay = opened.use(await startBenchProcess<RelayMethods>(file('relay')));
  const port = await relay.call('listen', { url, secret: GITHUB_SECRET, redisPort: null });
  return contender('bare relay, nothing stored', port, signedWebhook);
}

/** A reason where there is none. */
async function startBullmqRelay(context: BenchRowContext, url: string): Promise<Contender | string> {
  let port = 0;
  const started = await startBullmq<RelayMethods>(context, file('relay'), async (relay, redis) => {
    port = await relay.call('listen', { url, secret: GITHUB_SECRET, redisPort: redis.port });
  });
  if (started.kind === 'absent') return started.reason;
  context.opened.use({ [Symbol.asyncDispose]: () => started.process.call('close') });
  return contender('BullMQ relay, Redis AOF everysec', port, signedWebhook);
}

function file(name: 'sink' | 'arrivals' | 'relay'): URL {
  return new URL(`../processes/${name}.ts`, import.meta.url);
}
