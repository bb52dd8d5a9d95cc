import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { defaultCacheDir } from '../src/mongod/default-cache-dir.ts';
import { findMongod } from '../src/mongod/find-mongod.ts';
import { formatMongodVersion } from '../src/mongod/mongod-version.ts';
import { buildServer } from './harness/build-server.ts';
import { createClosers } from './harness/closers.ts';
import type { Closers } from './harness/closers.ts';
import type { MachineFacts } from './harness/machine.ts';
import { readMachineFacts } from './harness/machine.ts';
import { makeWorkFolder } from './harness/work-folder.ts';
import type { RowReport } from './report/row-report.ts';
import { formatMachine } from './report/machine-text.ts';
import { formatTable } from './report/table.ts';
import type { BenchRow, BenchRowContext } from './rows/bench-row.ts';
import { benchAttacks } from './rows/attacks.ts';
import { benchFanOut } from './rows/fanout.ts';
import { benchGrowth } from './rows/growth.ts';
import { benchIntake } from './rows/intake.ts';
import { benchLatency } from './rows/latency.ts';
import { benchList } from './rows/list.ts';
import { benchNoisy } from './rows/noisy.ts';
import { benchPush } from './rows/push.ts';

const ROWS: Readonly<Record<string, BenchRow>> = {
  intake: benchIntake,
  push: benchPush,
  latency: benchLatency,
  noisy: benchNoisy,
  fanout: benchFanOut,
  list: benchList,
  growth: benchGrowth,
  attacks: benchAttacks,
};

const USAGE = `npm run bench -- [rows] [--json FILE] [--cpu-prof DIR] [--no-build] [--backlog COUNT] [--incidents COUNT]
rows: ${Object.keys(ROWS).join(', ')}; without any, all of them
backlog: deliveries that the endpoint with a backlog of \`noisy\` begins with, a million by itself
incidents: how many the larger database of \`growth\` holds, a million by itself`;

/** What is open now; a signal closes it. */
let opened: Closers = createClosers();

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void opened[Symbol.asyncDispose]().then(() => process.exit(130));
  });
}
process.exitCode = await run();

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'string' },
      'cpu-prof': { type: 'string' },
      'no-build': { type: 'boolean' },
      backlog: { type: 'string', default: '1000000' },
      incidents: { type: 'string', default: '1000000' },
    },
  });
  const names = positionals.length > 0 ? positionals : Object.keys(ROWS);
  const unknown = names.filter((name) => ROWS[name] === undefined);
  const counts = { backlog: Number(values.backlog), incidents: Number(values.incidents) };
  for (const [name, count] of Object.entries(counts)) {
    if (!Number.isSafeInteger(count) || count < 1) unknown.push(`--${name} ${count}`);
  }
  if (unknown.length > 0) {
    process.stderr.write(`unknown: ${unknown.join(', ')}\n${USAGE}\n`);
    return 2;
  }
  const startedAt = performance.now();
  if (values['no-build'] !== true) {
    progress('building the server');
    await buildServer();
  }
  const machine = await describeMachine();
  const reports: RowReport[] = [];
  const failures: { row: string; error: string }[] = [];
  for (const name of names) {
    const row = ROWS[name];
    if (row === undefined) continue;
    try {
      reports.push(await runRow(name, row, { cpuProfileDir: values['cpu-prof'], ...counts }));
    } catch (error) {
      failures.push({
        row: name,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    }
  }
  const seconds = (performance.now() - startedAt) / 1000;
  print(machine, reports, failures, seconds);
  if (values.json !== undefined) {
    const json = { takenAt: new Date().toISOString(), seconds, machine, rows: reports, failures };
    await writeFile(values.json, `${JSON.stringify(json, null, 2)}\n`);
  }
  return failures.length > 0 ? 1 : 0;
}

async function runRow(
  name: string,
  row: BenchRow,
  options: Pick<BenchRowContext, 'cpuProfileDir' | 'backlog' | 'incidents'>,
): Promise<RowReport> {
  opened = createClosers();
  try {
    const folder = opened.use(await makeWorkFolder(name));
    return await row({
      folder: folder.path,
      opened,
      progress: (message) => progress(`${name}: ${message}`),
      ...options,
    });
  } finally {
    await opened[Symbol.asyncDispose]();
  }
}

async function describeMachine(): Promise<MachineFacts> {
  const mongod = await findMongod({
    mongodPath: process.env['MONGOD'],
    cacheDir: defaultCacheDir(process.env['XDG_CACHE_HOME']),
    progress,
  });
  opened = createClosers();
  try {
    const folder = opened.use(await makeWorkFolder('machine'));
    return await readMachineFacts({ folder: folder.path, mongod: formatMongodVersion(mongod.version) });
  } finally {
    await opened[Symbol.asyncDispose]();
  }
}

function print(
  machine: MachineFacts,
  reports: readonly RowReport[],
  failures: readonly { row: string; error: string }[],
  seconds: number,
): void {
  const notes = reports.flatMap(({ row, notes }) => notes.map((note) => `${row}: ${note}`));
  const parts = [
    formatMachine(machine),
    formatTable(reports),
    ['medians of the rounds; a ratio is the median of the ratios of each round', ...notes].join('\n'),
    ...failures.map(({ row, error }) => `${row}: NOT MEASURED: ${error}`),
    `took ${seconds.toFixed(0)} s`,
  ];
  process.stdout.write(`\n${parts.join('\n\n')}\n`);
}

function progress(message: string): void {
  process.stderr.write(`${message}\n`);
}
