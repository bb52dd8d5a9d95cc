import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { SETTING_NAMES } from '../../src/config.ts';
import { sourceVariables } from '../../src/domain/source-variables.ts';
import { createRegistry } from '../../src/inbound/registry.ts';
import { adoptMongod } from '../../src/mongod/adopt-mongod.ts';
import { freePort } from '../../src/mongod/free-port.ts';
import { mongodUri } from '../../src/mongod/replica-set.ts';
import { findRunningMongod } from '../../src/mongod/running-mongod.ts';
import { eventually } from './eventually.ts';
import { makeTestFolder } from './global-setup.ts';

const PACKAGE_ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** On a busy machine; alone it takes two seconds. */
const START_MS = 45_000;

/** A line of the server's log. */
export type ServerLogLine = Readonly<Record<string, unknown>> & { level: string; msg: string };

export interface ServerExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** `src/main.ts` in a process of its own. */
export interface ServerProcess {
  readonly pid: number;
  readonly port: number;
  readonly exited: Promise<ServerExit>;
  /** All that it wrote, standard output and error. */
  output(): string;
  /** Its log so far. */
  log(): ServerLogLine[];
  isRunning(): boolean;
  signal(name: NodeJS.Signals): void;
  /** `kill -9`, and wait until it is gone. */
  kill(): Promise<void>;
  /** SIGTERM, and wait until it is gone. */
  stop(): Promise<ServerExit & { tookMs: number }>;
}

export type Settings = Record<string, string>;

/** A data folder and the servers on it, one after another or, with a database of somebody else's, several at once. */
export interface ServerHome extends AsyncDisposable {
  readonly dataDir: string;
  /** Of every server started here, so that clients find the next one where the last one was. */
  readonly port: number;
  /** Resolves when the server says that it is ready; rejects with what it wrote if it ends before. */
  start(settings?: Settings): Promise<ServerProcess>;
  /** Does not wait for anything. */
  launch(settings?: Settings): ServerProcess;
  /** Warnings and errors of all servers started here, to be shown where a test fails. */
  problems(): string;
  /** The mongod on the data folder, whoever started it. */
  mongod(): Promise<{ pid: number; uri: string }>;
}

/**
 * Disposing it kills the servers that still run, and the mongod that a killed one left behind. What a killed test run
 * leaves, the next run clears up: the folder's name tells whose it was.
 */
export async function openServerHome(settings: Settings = {}): Promise<ServerHome> {
  const dataDir = await makeTestFolder();
  const port = await freePort();
  const started: ServerProcess[] = [];

  const launch = (more: Settings = {}): ServerProcess => {
    const server = launchServer({ DATA_DIR: dataDir, PORT: String(port), ...settings, ...more });
    started.push(server);
    return server;
  };
  const killAll = (): void => {
    for (const server of started) if (server.isRunning()) server.signal('SIGKILL');
  };
  process.once('exit', killAll);

  return {
    dataDir,
    port,
    launch,
    async start(more) {
      const server = launch(more);
      await untilReady(server);
      return server;
    },
    problems: () =>
      started
        .flatMap((server) => server.log().map((line) => ({ pid: server.pid, ...line })))
        .filter(({ level }) => level !== 'info' && level !== 'debug')
        .map((line) => JSON.stringify(line).slice(0, 1500))
        .join('\n'),
    async mongod() {
      const running = await findRunningMongod(join(dataDir, 'db'));
      if (running === undefined) throw new Error('no mongod runs on the data folder');
      return { pid: running.pid, uri: mongodUri(running.port) };
    },
    async [Symbol.asyncDispose]() {
      killAll();
      process.off('exit', killAll);
      for (const server of started) await server.exited;
      const running = await findRunningMongod(join(dataDir, 'db'));
      if (running) {
        const mongod = adoptMongod(running);
        // One that a test stopped would not die of anything less.
        await mongod.signal('SIGKILL');
        await mongod.exited;
      }
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function untilReady(server: ServerProcess): Promise<void> {
  await eventually(
    () => server.log().some(({ msg }) => msg === 'OpsLens is ready') || !server.isRunning(),
    (done) => done,
    { withinMs: START_MS, what: 'the server is ready' },
  ).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${server.output()}`);
  });
  if (!server.isRunning()) throw new Error(`the server ended before it was ready:\n${server.output()}`);
}

function launchServer(settings: Settings): ServerProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    cwd: PACKAGE_ROOT,
    env: { ...inherited(), LOG_LEVEL: 'info', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (child.pid === undefined) throw new Error('node could not be started');
  const { pid } = child;
  const written: string[] = [];
  const log: ServerLogLine[] = [];
  follow(child.stdout, (line) => {
    written.push(line);
    const parsed = parseLine(line);
    if (parsed !== null) log.push(parsed);
  });
  follow(child.stderr, (line) => written.push(line));
  // 'close' comes after the last line that it wrote.
  const exited = new Promise<ServerExit>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  return {
    pid,
    port: Number(settings['PORT']),
    exited,
    isRunning,
    output: () => written.join('\n'),
    log: () => log,
    signal: (name) => void child.kill(name),
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async stop() {
      const askedAt = performance.now();
      child.kill('SIGTERM');
      return { ...(await exited), tookMs: performance.now() - askedAt };
    },
  };
}

/** What a server needs of this process's environment, and no setting that happens to be there or in a `.env` file. */
function inherited(): Settings {
  const kept = ['PATH', 'HOME', 'XDG_CACHE_HOME', 'MONGOD', 'TMPDIR'];
  const webhooks = [...createRegistry().values()].map(sourceVariables);
  const variables = webhooks.flatMap(({ secret, settings }) => [secret, ...Object.values(settings)]);
  const env = Object.fromEntries([...SETTING_NAMES, ...variables].map((name) => [name, '']));
  for (const name of kept) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  return env;
}

function follow(stream: Readable, onLine: (line: string) => void): void {
  createInterface({ input: stream }).on('line', onLine);
}

function parseLine(line: string): ServerLogLine | null {
  try {
    const parsed: unknown = JSON.parse(line);
    return typeof parsed === 'object' && parsed !== null && 'msg' in parsed
      ? (parsed as ServerLogLine)
      : null;
  } catch {
    return null;
  }
}
