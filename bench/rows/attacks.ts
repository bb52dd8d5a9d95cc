import { setTimeout as sleep } from 'node:timers/promises';
import { ATTACKS } from '../../test/support/attacks.ts';
import type { Attack } from '../../test/support/attacks.ts';
import type { BenchProcess } from '../harness/bench-process.ts';
import { startBenchProcess } from '../harness/bench-process.ts';
import { cpuSeconds } from '../harness/cpu-seconds.ts';
import { startOpsLens } from '../harness/start-opslens.ts';
import type { Answers, AttackerMethods } from '../processes/attacker.ts';
import type { ArrivalsMethods } from '../processes/arrivals.ts';
import { percentile } from '../report/percentile.ts';
import { line } from '../report/row-report.ts';
import type { Line, RowReport } from '../report/row-report.ts';
import type { BenchRowContext } from './bench-row.ts';
import { TEN_FIELDS, graphqlRequest } from './graphql-request.ts';

/** What else a socket may say: it is no place for queries, nor for messages of more than 64 KB. */
const OVER_SOCKETS = ['SUBSCRIPTIONS_ONLY', 'closed with 1009'];
const STORED = { incidents: 1_000, eventsEach: 1 };
/** Of each attack; none is quite the same, so that nothing is known of it. */
const TIMES = 20;
const WARM_UP_TIMES = 3;
const IDLE_MS = 2_000;
const OVERSIZED_BYTES = 1_000_000;
const SILENT = 200;
const SOCKETS = 5_000;
const AIM = { valueAtMost: 50 };
/** The client that wishes no ill. */
const HONEST = graphqlRequest(`{ incidents(first: 10) { nodes { ${TEN_FIELDS} } } }`);
const HONEST_PER_SECOND = 50;
const BESIDE_SECONDS = 4;

interface Bench {
  port: number;
  attacker: BenchProcess<AttackerMethods>;
  /** Processor milliseconds of the server meanwhile, less those that it uses when nothing happens; null where the system does not tell. */
  costOf: (act: () => Promise<Answers>) => Promise<{ ms: number | null; answers: Answers }>;
}

interface Outcome {
  lines: Line[];
  notes: string[];
}

/** What each attack costs the server, and whether it answers others meanwhile. */
export async function benchAttacks(context: BenchRowContext): Promise<RowReport> {
  const { opened, progress } = context;
  progress('starting the server and the attacker');
  const { server } = await startOpsLens(context, { stored: STORED });
  const attacker = opened.use(await startBenchProcess<AttackerMethods>(file('attacker')));
  const arrivals = opened.use(await startBenchProcess<ArrivalsMethods>(file('arrivals')));
  const bench: Bench = { port: server.port, attacker, costOf: await createCostOf(server.pid) };

  progress('each attack over HTTP and over WebSocket');
  const outcomes: Outcome[] = [];
  for (const attack of ATTACKS) outcomes.push(await measure(bench, attack));
  progress('sockets that do harm');
  outcomes.push(await measureSockets(bench));

  progress('a client beside all of them');
  const beside = async (attackAll: () => Promise<unknown>): Promise<number[]> => {
    let over = false;
    const attacks = (async () => {
      while (!over) await attackAll();
    })();
    const { answeredIn } = await arrivals.call('arrive', {
      port: server.port,
      request: HONEST,
      perSecond: HONEST_PER_SECOND,
      seconds: BESIDE_SECONDS,
      firstSeq: 1,
    });
    over = true;
    await attacks;
    return answeredIn;
  };
  const quiet = (): Promise<void> => sleep(100);
  await beside(quiet);
  const alone = await beside(quiet);
  const bodies = ATTACKS.flatMap((attack) => variants(attack, 1));
  const attacked = await beside(() => attacker.call('post', { port: server.port, bodies }));
  const crowded = await beside(async () => {
    await attacker.call('occupy', { port: server.port, sockets: SOCKETS });
    await attacker.call('leave');
  });

  const besideLine = (figure: string, values: readonly number[]): Line =>
    line({
      figure,
      unit: 'ms',
      measured: [percentile(values, 99)],
      baseline: { name: 'the same client alone', values: [percentile(alone, 99)] },
    });
  return {
    row: 'attacks',
    lines: [
      ...outcomes.flatMap(({ lines }) => lines),
      besideLine('p99 of a client beside all of HTTP', attacked),
      besideLine(`p99 of a client beside ${SOCKETS} sockets`, crowded),
    ],
    notes: [
      `processor time of the server for one attack, in the mean of ${TIMES}, no two the same; of sockets for one of them`,
      `the client asks for 10 incidents ${HONEST_PER_SECOND} times a second, and was answered each time`,
      ...outcomes.flatMap(({ notes }) => notes),
    ],
  };
}

async function createCostOf(pid: number): Promise<Bench['costOf']> {
  const cpuMs = async (): Promise<number | null> => {
    const seconds = await cpuSeconds([pid]);
    return seconds === null ? null : seconds * 1000;
  };
  const from = await cpuMs();
  await sleep(IDLE_MS);
  const until = await cpuMs();
  const idle = from === null || until === null ? 0 : (until - from) / IDLE_MS;
  return async (act) => {
    const before = await cpuMs();
    const begunAt = performance.now();
    const answers = await act();
    const after = await cpuMs();
    const took = performance.now() - begunAt;
    const ms = before === null || after === null ? null : Math.max(0, after - before - idle * took);
    return { ms, answers };
  };
}

async function measure({ port, attacker, costOf }: Bench, attack: Attack): Promise<Outcome> {
  const { name, expectedCode } = attack;
  await attacker.call('post', { port, bodies: variants(attack, WARM_UP_TIMES) });
  const bodies = variants(attack, TIMES);
  const http = await costOf(() => attacker.call('post', { port, bodies }));
  const notes = unexpected(`${name} over HTTP`, http.answers, [expectedCode]);
  const lines = costLine(name, http.ms, TIMES);
  // What is no operation is no message either.
  if (!isOperation(attack)) return { lines, notes };
  await attacker.call('subscribe', { port, payloads: variants(attack, WARM_UP_TIMES) });
  const payloads = variants(attack, TIMES);
  const ws = await costOf(() => attacker.call('subscribe', { port, payloads }));
  return {
    lines: [...lines, ...costLine(`${name}, over WebSocket`, ws.ms, TIMES)],
    notes: [...notes, ...unexpected(`${name} over WebSocket`, ws.answers, [expectedCode, ...OVER_SOCKETS])],
  };
}

async function measureSockets({ port, attacker, costOf }: Bench): Promise<Outcome> {
  const oversizedOrder = { port, times: TIMES, bytes: OVERSIZED_BYTES };
  const oversized = await costOf(() => attacker.call('oversized', oversizedOrder));
  const silent = await costOf(() => attacker.call('silent', { port, sockets: SILENT }));
  const many = await costOf(() => attacker.call('occupy', { port, sockets: SOCKETS }));
  const left = await costOf(async () => {
    await attacker.call('leave');
    return {};
  });
  const manyMs = many.ms === null || left.ms === null ? null : many.ms + left.ms;
  return {
    lines: [
      ...costLine('a frame of 1 MB', oversized.ms, TIMES),
      ...costLine(`one of ${SILENT} silent sockets`, silent.ms, SILENT),
      ...costLine(`one of ${SOCKETS} sockets, come and gone`, manyMs, SOCKETS),
    ],
    notes: [
      ...unexpected('a frame of 1 MB', oversized.answers, ['closed with 1009']),
      ...unexpected('silent sockets', silent.answers, ['closed with 4408']),
      `${SOCKETS} sockets: ${told(many.answers)}`,
    ],
  };
}

function costLine(figure: string, ms: number | null, times: number): Line[] {
  return ms === null ? [] : [line({ figure, unit: 'ms', measured: [ms / times], goal: AIM })];
}

function unexpected(name: string, answers: Answers, expected: readonly string[]): string[] {
  const others = Object.keys(answers).filter((answer) => !expected.includes(answer));
  return others.length === 0 ? [] : [`wrong: ${name}: ${told(answers)} instead of ${expected[0]}`];
}

function told(answers: Answers): string {
  return Object.entries(answers)
    .map(([answer, times]) => `${times} ${answer}`)
    .join(', ');
}

/** How its body begins, up to the text. */
const OPERATION = '{"query":"';
let variant = 0;

/** The same attack so many times; where it is an operation, each in a text of its own. */
function variants(attack: Attack, times: number): string[] {
  return Array.from({ length: times }, () =>
    isOperation(attack) ? attack.body.replace(OPERATION, `${OPERATION}#${(variant += 1)}\\n`) : attack.body,
  );
}

function isOperation({ body }: Attack): boolean {
  return body.startsWith(OPERATION);
}

function file(name: 'attacker' | 'arrivals'): URL {
  return new URL(`../processes/${name}.ts`, import.meta.url);
}
