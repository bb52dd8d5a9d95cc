import type { BenchProcess } from '../harness/bench-process.ts';
import { watchMemory } from '../harness/watch-memory.ts';
import type { SubscribersMethods } from '../processes/subscribers.ts';
import { line } from '../report/row-report.ts';
import type { Line } from '../report/row-report.ts';
import { ROUNDS } from './bench-row.ts';
import type { FanOutBench, FanOutContender, ToldRound } from './fan-out-contender.ts';
import { WITH_DESCRIPTION } from './live-events.ts';
import { longWebhook } from './webhook-templates.ts';

interface Options {
  bench: FanOutBench;
  subscribers: BenchProcess<SubscribersMethods>;
  contender: FanOutContender;
  progress: (message: string) => void;
}

const READING = 1000;
const PAUSED = 50;
const ARRIVALS = { perSecond: 30, seconds: 5, request: longWebhook };
const TOO_SLOW = 4800;
const MEMORY_GOAL = { valueAtMost: 20 };
const DELAY_GOAL = { ratioAtMost: 1.25 };
/** A collection may be due in one round and not in the other. */
const WARM_UP_ROUNDS = 1;

interface Round {
  told: ToldRound;
  /** Megabytes, at the most; empty where the system does not tell. */
  peak: number[];
}

/** What those who read lose by sockets that ask for long events and never read, until those are cut off. */
export async function measurePaused({ bench, subscribers, contender, progress }: Options) {
  const crowd = await bench.gather(contender, READING);
  const alone: Round[] = [];
  const beside: Round[] = [];
  const closings: number[] = [];

  const measure = async (rounds: Round[]): Promise<void> => {
    const memory = watchMemory(contender.pid);
    const told = await bench.tell(contender, ARRIVALS, crowd);
    rounds.push({ told, peak: await memory.stop() });
  };
  const measureBeside = async (): Promise<void> => {
    const order = { port: contender.port, query: WITH_DESCRIPTION, count: PAUSED, paused: true };
    const paused = await subscribers.call('gather', order);
    await measure(beside);
    closings.push(...(await subscribers.call('hear', paused)));
    await subscribers.call('scatter', paused);
  };
  for (let round = 1 - WARM_UP_ROUNDS; round <= ROUNDS; round++) {
    progress(
      round < 1 ? 'warming up' : `round ${round} of ${ROUNDS}, with and without ${PAUSED} paused sockets`,
    );
    await measure(alone);
    await measureBeside();
    if (round < 1) for (const rounds of [alone, beside]) rounds.length = 0;
  }
  await bench.scatter(crowd);

  return {
    lines: [...memoryLine(beside, alone), ...delayLine(beside, alone)],
    notes: [
      `${PAUSED} paused sockets beside ${READING} that read, ${ARRIVALS.perSecond} events a second with descriptions of 60 KB, which only the paused ones ask for; ${closings.length} of ${PAUSED * (ROUNDS + WARM_UP_ROUNDS)} were cut off, ${closings.filter((code) => code === TOO_SLOW).length} of them heard the code ${TOO_SLOW}`,
    ],
  };
}

function memoryLine(beside: readonly Round[], alone: readonly Round[]): Line[] {
  const growth = beside.flatMap(({ peak: [most] }, round) => {
    const without = alone[round]?.peak[0];
    return most === undefined || without === undefined ? [] : [most - without];
  });
  if (growth.length === 0) return [];
  return [
    line({ figure: `memory by ${PAUSED} paused sockets`, unit: 'MB', measured: growth, goal: MEMORY_GOAL }),
  ];
}

/** None where not all had all events. */
function delayLine(beside: readonly Round[], alone: readonly Round[]): Line[] {
  const p99 = (rounds: readonly Round[]): number[] =>
    rounds.flatMap(({ told }) => told.findings?.p99Ms ?? []);
  const [measured, values] = [p99(beside), p99(alone)];
  if (measured.length < ROUNDS || values.length < ROUNDS) return [];
  return [
    line({
      figure: `p99 beside ${PAUSED} paused sockets`,
      unit: 'ms',
      measured,
      baseline: { name: 'the same without them', values },
      goal: DELAY_GOAL,
    }),
  ];
}
