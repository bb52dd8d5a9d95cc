import type { Clock } from '../kernel/clock.ts';
import { systemClock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import { DataDirInUseError } from './data-dir-in-use-error.ts';
import type { DataDirLayout } from './data-dir-layout.ts';
import { hasData, prepareDataDir } from './data-dir-layout.ts';
import { acquireDataDirLock } from './data-dir-lock.ts';
import { readDataDirRecord, writeDataDirRecord } from './data-dir-record.ts';
import { findMongod } from './find-mongod.ts';
import type { LaunchMongodOptions } from './launch-mongod.ts';
import { launchMongod } from './launch-mongod.ts';
import type { MongodDownload } from './mongod-downloads.ts';
import type { MongodProcess } from './mongod-process.ts';
import { formatMongodVersion } from './mongod-version.ts';
import type { UsableMongod } from './probe-mongod.ts';
import type { Progress } from './progress.ts';
import { mongodUri } from './replica-set.ts';
import type { RunAdminCommand } from './run-admin-command.ts';
import { findRunningMongod } from './running-mongod.ts';
import { stopMongod } from './stop-mongod.ts';
import { superviseMongod } from './supervise-mongod.ts';

export interface EmbeddedMongodOptions {
  dataDir: string;
  /** The mongod that a person configured (`MONGOD`). */
  mongodPath?: string | undefined;
  cacheDir: string;
  logger: Logger;
  progress: Progress;
  runAdminCommand: RunAdminCommand;
  /** Aborts the start; it has no effect afterwards. */
  signal?: AbortSignal | undefined;
  /** Called each time mongod died and is writable again. */
  onRestart?: ((mongod: { pid: number }) => void) | undefined;
  /** Further flags for mongod, for tests. */
  extraArgs?: readonly string[] | undefined;
  downloads?: readonly MongodDownload[] | undefined;
  clock?: Clock | undefined;
}

export interface EmbeddedMongod extends AsyncDisposable {
  /** Stays the same for as long as this lives: a restarted mongod comes back on its port. */
  readonly uri: string;
  /** Undefined while mongod is being restarted. */
  pid(): number | undefined;
}

/**
 * Runs a mongod on the data folder as a replica set of one, writable when this returns, restarted if it dies.
 * Disposing stops it in order. A process that is killed leaves it running, for the next to take over.
 */
export async function startEmbeddedMongod(options: EmbeddedMongodOptions): Promise<EmbeddedMongod> {
  const layout = await prepareDataDir(options.dataDir);
  const lock = await acquireDataDirLock(layout.dataDir);
  if (lock.kind === 'inUse') throw await inUseError(layout, lock.pid);
  try {
    const launch = createLaunch(options, layout);
    const first = await launchFirst(options, layout, launch);
    return runUntilDisposed(options, first, launch, lock.release);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function launchFirst(
  { logger, signal, clock = systemClock }: EmbeddedMongodOptions,
  { dataDir, dbPath }: DataDirLayout,
  launch: Launch,
): Promise<MongodProcess> {
  const startedAt = clock.monotonic();
  const { port: preferred } = await readDataDirRecord(dataDir);
  const mongod = await launch({
    port: { kind: 'free', preferred },
    signal: signal ?? new AbortController().signal,
  });
  const { pid, port, adopted } = mongod;
  await writeDataDirRecord(dataDir, { port }).catch((error: unknown) => {
    logger.warn({ err: error, port }, 'the next start may use another port');
  });
  const durationMs = Math.round(clock.monotonic() - startedAt);
  logger.info({ pid, port, adopted, dbPath, durationMs }, 'embedded MongoDB is ready');
  return mongod;
}

function runUntilDisposed(
  { logger, runAdminCommand, onRestart, clock = systemClock }: EmbeddedMongodOptions,
  first: MongodProcess,
  launch: Launch,
  releaseLock: () => Promise<void>,
): EmbeddedMongod {
  const supervision = superviseMongod({
    first,
    relaunch: (port, signal) => launch({ port: { kind: 'fixed', port }, signal }),
    stop: (mongod) => stopMongod(mongod, runAdminCommand),
    onRestart: ({ pid }) => onRestart?.({ pid }),
    logger,
    clock,
  });
  const stop = async (): Promise<void> => {
    await supervision[Symbol.asyncDispose]();
    await releaseLock();
  };
  let stopped: Promise<void> | undefined;
  return {
    uri: mongodUri(first.port),
    pid: () => supervision.current()?.pid,
    [Symbol.asyncDispose]: () => (stopped ??= stop()),
  };
}

type Launch = (turn: Pick<LaunchMongodOptions, 'port' | 'signal'>) => Promise<MongodProcess>;

function createLaunch(options: EmbeddedMongodOptions, layout: DataDirLayout): Launch {
  const findBinary = async (signal: AbortSignal): Promise<UsableMongod> => {
    // One that failed before it wrote anything does not bind those that come after it.
    const writer = (await hasData(layout)) ? (await readDataDirRecord(layout.dataDir)).version : undefined;
    const found = await findMongod({ ...options, wantedMajor: writer?.major, signal });
    await writeDataDirRecord(layout.dataDir, { version: found.version });
    options.progress(
      `Starting MongoDB ${formatMongodVersion(found.version)} (${found.path}) on ${layout.dataDir}`,
    );
    return found;
  };
  return (turn) =>
    launchMongod({
      ...turn,
      layout,
      findBinary: () => findBinary(turn.signal),
      runAdminCommand: options.runAdminCommand,
      progress: options.progress,
      extraArgs: options.extraArgs ?? [],
    });
}

async function inUseError({ dataDir, dbPath }: DataDirLayout, pid: number): Promise<DataDirInUseError> {
  const running = await findRunningMongod(dbPath);
  return new DataDirInUseError(dataDir, { pid, uri: running && mongodUri(running.port) });
}
