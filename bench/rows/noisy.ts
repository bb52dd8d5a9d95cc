import { startBenchProcess } from '../harness/bench-process.ts';
import { registerEndpoint } from '../harness/register-endpoint.ts';
import { startOpsLens } from '../harness/start-opslens.ts';
import { watchMemory } from '../harness/watch-memory.ts';
import type { IntakeLoadMethods } from '../processes/intake-load.ts';
import type { NoiseSinkMethods } from '../processes/noise-sink.ts';
import type { SinkMethods } from '../processes/sink.ts';
import { line } from '../report/row-report.ts';
import type { Line, LineInput, RowReport } from '../report/row-report.ts';
import { ROUNDS } from './bench-row.ts';
import type { BenchRowContext } from './bench-row.ts';
import { openNoisyNeighbours } from './noisy-neighbours.ts';
import { createOpsLensPusher } from './push-by-opslens.ts';
import type { PushedRound } from './push-by-opslens.ts';

const SECRET = 'bench-endpoint-secret';
const HEALTHY = 8;
/** Of each round; each goes to all that are healthy. */
const EVENTS = 1500;
const WARM_UP_EVENTS = 600;
const RATE_GOAL = { ratioAtLeast: 0.9 };
const MEMORY_GOAL = { valueAtMost: 300 };

/** What endpoints that do well lose by one that hangs and one with a million pending deliveries beside them. */
export async function benchNoisy(context: BenchRowContext): Promise<RowReport> {
  const { opened, progress, backlog } = context;
  progress('starting the server and the sinks');
  const sink = opened.use(await startBenchProcess<SinkMethods>(file('sink')));
  const noiseSink = opened.use(await startBenchProcess<NoiseSinkMethods>(file('noise-sink')));
  const load = opened.use(await startBenchProcess<IntakeLoadMethods>(file('intake-load')));
  const opslens = await startOpsLens(context);
  const { server, database } = opslens;
  const origin = `http://127.0.0.1:${await sink.call('listen')}`;
  const endpointIds: string[] = [];
  for (let index = 1; index <= HEALTHY; index++) {
    const url = `${origin}/healthy-${index}`;
    endpointIds.push(await registerEndpoint({ serverUrl: server.url, url, secret: SECRET }));
  }
  const pusher = createOpsLensPusher({ opslens, sink, load, secret: SECRET, endpointIds });

  progress('warming up');
  await pusher.warmUp(WARM_UP_EVENTS);
  const warm = await database.collection('deliveries').find({ endpointId: endpointIds[0] }).toArray();
  const events = warm.map((row) => ({ id: String(row['eventId']), bodyBytes: Number(row['bodyBytes']) }));
  progress(`making ${backlog} pending deliveries`);
  const noise = await openNoisyNeighbours({ database, sink: noiseSink, secret: SECRET, backlog, events });

  const undisturbed: Measured = { rounds: [], peaks: [] };
  const beside: Measured = { rounds: [], peaks: [] };
  const hanging: number[] = [];
  let left = backlog;
  const measure = async ({ rounds, peaks }: Measured): Promise<void> => {
    const memory = watchMemory(server.pid);
    rounds.push(await pusher.push(EVENTS));
    peaks.push(...(await memory.stop()));
  };
  const measureUndisturbed = async (): Promise<void> => {
    await pusher.hold();
    await measure(undisturbed);
  };
  const measureBeside = async (): Promise<void> => {
    await pusher.hold();
    await noise.begin();
    await measure(beside);
    const state = await noise.state();
    hanging.push(state.hanging);
    left = state.left;
    await noise.end();
  };
  for (let round = 1; round <= ROUNDS; round++) {
    progress(`round ${round} of ${ROUNDS}`);
    // What grows from round to round is to slow down neither more than the other.
    const both = [measureUndisturbed, measureBeside];
    for (const one of round % 2 === 1 ? both : both.toReversed()) await one();
  }

  return {
    row: 'noisy',
    lines: [
      ...compare(beside, undisturbed, (it) => it.rounds.map(({ perSecond }) => perSecond), {
        figure: `${HEALTHY} healthy endpoints`,
        unit: '/s',
        goal: RATE_GOAL,
      }),
      ...compare(
        beside,
        undisturbed,
        (it) => it.rounds.flatMap(({ cpuPerThousand }) => cpuPerThousand ?? []),
        {
          figure: 'CPU per 1,000, database included',
          unit: 's',
        },
      ),
      ...compare(beside, undisturbed, ({ peaks }) => peaks, {
        figure: 'memory of the process',
        unit: 'MB',
        goal: MEMORY_GOAL,
      }),
    ],
    notes: [
      `beside them one endpoint with ${backlog} pending deliveries that answers after 0.5 s (${left} are left), and one that hangs (${hanging.join(', ')} requests hung when the rounds ended)`,
      `${EVENTS} events a round, each for all ${HEALTHY}; from the first number given to the last delivery recorded`,
      ...problems([...undisturbed.rounds, ...beside.rounds]),
    ],
  };
}

interface Measured {
  rounds: PushedRound[];
  /** Of each round, the most megabytes that the process had. */
  peaks: number[];
}

/** None where the system does not tell. */
function compare(
  beside: Measured,
  undisturbed: Measured,
  valuesOf: (it: Measured) => number[],
  what: Pick<LineInput, 'figure' | 'unit' | 'goal'>,
): Line[] {
  const [measured, values] = [valuesOf(beside), valuesOf(undisturbed)];
  if (measured.length < ROUNDS || values.length < ROUNDS) return [];
  return [line({ ...what, measured, baseline: { name: 'the same, undisturbed', values } })];
}

function problems(rounds: readonly PushedRound[]): string[] {
  const isWrong = ({ findings }: PushedRound): boolean =>
    findings.distinct !== EVENTS * HEALTHY || findings.badSignatures > 0 || findings.outOfOrder > 0;
  const wrong = rounds.filter(isWrong);
  return wrong.map(({ findings }) => `wrong: ${JSON.stringify(findings)}`);
}

function file(name: 'sink' | 'noise-sink' | 'intake-load'): URL {
  return new URL(`../processes/${name}.ts`, import.meta.url);
}
