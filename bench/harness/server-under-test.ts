import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../src/mongod/free-port.ts';
import { mongodUri } from '../../src/mongod/replica-set.ts';
import { findRunningMongod } from '../../src/mongod/running-mongod.ts';
import { REPOSITORY } from './build-server.ts';

/** The built server in a process of its own, with its embedded mongod on an empty folder. */
export interface ServerUnderTest extends AsyncDisposable {
  url: string;
  port: number;
  pid: number;
  mongod: { pid: number; uri: string };
}

export interface ServerUnderTestOptions {
  /** An existing folder; data and log go there. */
  folder: string;
  settings: Readonly<Record<string, string>>;
  /** Where node leaves a CPU profile of the server when it stops. */
  cpuProfileDir: string | undefined;
}

const START_LIMIT_MS = 120_000;
const STOP_LIMIT_MS = 25_000;
const POLL_MS = 50;

/** Returns once the server says that it is ready. */
export async function startServerUnderTest(options: ServerUnderTestOptions): Promise<ServerUnderTest> {
  const { folder, settings, cpuProfileDir } = options;
  const port = await freePort();
  const dataDir = join(folder, 'data');
  const logPath = join(folder, 'server.log');
  // No .env of whoever runs the bench: the server starts in a folder that has none.
  await mkdir(dataDir, { recursive: true });
  const log = await open(logPath, 'a');
  const profiling = cpuProfileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${cpuProfileDir}`];
  const child = spawn(process.execPath, [...profiling, join(REPOSITORY, 'dist', 'main.js')], {
    cwd: dataDir,
    env: { ...inherited(), PORT: String(port), DATA_DIR: dataDir, ...settings },
    // Ctrl-C is ours to pass on, in order.
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await once(child, 'spawn');
  await log.close();
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const tooLong = new AbortController();
    await Promise.race([exited, sleep(STOP_LIMIT_MS, undefined, { signal: tooLong.signal }).catch(() => 0)]);
    tooLong.abort();
    if (!hasEnded()) child.kill('SIGKILL');
    await exited;
    const left = await findRunningMongod(join(dataDir, 'db'));
    if (left !== undefined) process.kill(left.pid, 'SIGKILL');
  };
  try {
    await becomesReady(port, hasEnded);
    const mongod = await findRunningMongod(join(dataDir, 'db'));
    if (mongod === undefined) throw new Error('its mongod is not found');
    return {
      url: `http://127.0.0.1:${port}`,
      port,
      pid: child.pid ?? 0,
      mongod: { pid: mongod.pid, uri: mongodUri(mongod.port) },
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop();
    const lastWords = (await readFile(logPath, 'utf8')).slice(-2000);
    throw new Error(`the server under test does not start: ${String(error)}\n${lastWords}`, { cause: error });
  }
}

async function becomesReady(port: number, hasEnded: () => boolean): Promise<void> {
  const until = performance.now() + START_LIMIT_MS;
  while (performance.now() < until) {
    if (hasEnded()) throw new Error('it ended');
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    await answer?.arrayBuffer();
    if (answer?.status === 200) return;
    await sleep(POLL_MS);
  }
  throw new Error(`not ready after ${START_LIMIT_MS} ms`);
}

/** What finding a mongod needs, and no setting of OpsLens beside. */
function inherited(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR', 'MONGOD', 'XDG_CACHE_HOME'];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
