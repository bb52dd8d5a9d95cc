import { abortableSleep } from '../kernel/abortable-sleep.ts';
import { adoptMongod } from './adopt-mongod.ts';
import type { DataDirLayout } from './data-dir-layout.ts';
import { ensurePrimary } from './ensure-primary.ts';
import { freePort } from './free-port.ts';
import { mongodLogTail } from './mongod-log-tail.ts';
import type { MongodExit, MongodProcess } from './mongod-process.ts';
import { MongodStartError } from './mongod-start-error.ts';
import type { UsableMongod } from './probe-mongod.ts';
import type { Progress } from './progress.ts';
import type { RunAdminCommand } from './run-admin-command.ts';
import { findRunningMongod } from './running-mongod.ts';
import { spawnMongod } from './spawn-mongod.ts';
import { stopMongod } from './stop-mongod.ts';

const TRIES = 4;
/** mongod's exit code when it cannot listen on its port. */
const EXIT_NET_ERROR = 48;
const APPEARS_POLL_MS = 50;
const APPEARS_LIMIT_MS = 5_000;

export type PortChoice =
  /** Whoever uses it knows it by this port. */
  | { kind: 'fixed'; port: number }
  /** Another will do if this one is taken. */
  | { kind: 'free'; preferred: number | undefined };

export interface LaunchMongodOptions {
  layout: DataDirLayout;
  /** Called only when one has to be started. */
  findBinary: () => Promise<UsableMongod>;
  runAdminCommand: RunAdminCommand;
  progress: Progress;
  signal: AbortSignal;
  extraArgs: readonly string[];
  port: PortChoice;
}

/** Brings up a mongod on the data folder: the one that already runs there, else a new one. Returns once it is writable. */
export async function launchMongod(options: LaunchMongodOptions): Promise<MongodProcess> {
  const { layout, runAdminCommand } = options;
  for (let turn = 1; ; turn++) {
    options.signal.throwIfAborted();
    const mongod = await adoptOrSpawn(options);
    try {
      await ensurePrimary({ ...options, mongod });
      return mongod;
    } catch (error) {
      if (!(error instanceof MongodStartError && error.exit)) {
        await stopMongod(mongod, runAdminCommand);
        throw error;
      }
      const lastWords = await mongodLogTail(layout.logPath, mongod.logStart);
      if (turn < TRIES && (await isWorthAnotherTry({ exit: error.exit, lastWords, mongod, options })))
        continue;
      throw new MongodStartError(`${error.message}. The end of ${layout.logPath}:\n${lastWords}`, {
        exit: error.exit,
        cause: error,
      });
    }
  }
}

async function adoptOrSpawn({
  layout,
  findBinary,
  progress,
  extraArgs,
  port,
}: LaunchMongodOptions): Promise<MongodProcess> {
  const running = await findRunningMongod(layout.dbPath);
  if (running) {
    progress(`Taking over the database that an earlier process left running (pid ${running.pid})`);
    return adoptMongod(running);
  }
  const { path } = await findBinary();
  const chosen = port.kind === 'fixed' ? port.port : await freePort(port.preferred);
  return spawnMongod({ ...layout, path, port: chosen, extraArgs });
}

async function isWorthAnotherTry(failed: {
  exit: MongodExit;
  lastWords: string;
  mongod: MongodProcess;
  options: LaunchMongodOptions;
}): Promise<boolean> {
  const { layout, port, signal } = failed.options;
  // It was on its way out when we took it over.
  if (failed.mongod.adopted) return true;
  if (failed.lastWords.includes('DBPathInUse')) return appears(layout.dbPath, signal);
  return failed.exit.code === EXIT_NET_ERROR && port.kind === 'free';
}

/** A mongod has the folder open before it notes its pid there: one whose owner was killed in between comes to light late. */
async function appears(dbPath: string, signal: AbortSignal): Promise<boolean> {
  for (let waited = 0; waited < APPEARS_LIMIT_MS; waited += APPEARS_POLL_MS) {
    if ((await findRunningMongod(dbPath)) !== undefined) return true;
    await abortableSleep(APPEARS_POLL_MS, signal);
  }
  return false;
}
