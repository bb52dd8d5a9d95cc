import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, rename, stat } from 'node:fs/promises';
import { platform } from 'node:os';
import type { DataDirLayout } from './data-dir-layout.ts';
import type { MongodExit, MongodProcess } from './mongod-process.ts';
import { REPLICA_SET } from './replica-set.ts';

const LOG_LIMIT_BYTES = 64 * 2 ** 20;

export interface SpawnMongodOptions extends Pick<DataDirLayout, 'dbPath' | 'logPath'> {
  path: string;
  port: number;
  extraArgs: readonly string[];
}

/** Starts a mongod on 127.0.0.1. It need not be ready, nor even stay alive, when this returns. */
export async function spawnMongod({
  path,
  port,
  dbPath,
  logPath,
  extraArgs,
}: SpawnMongodOptions): Promise<MongodProcess> {
  await rotateLog(logPath);
  // What mongod says before it opens its log (a missing library, a wrong flag) goes to the same file.
  const log = await open(logPath, 'a');
  try {
    const { size: logStart } = await log.stat();
    const child = spawn(path, [...mongodArgs({ port, dbPath, logPath }), ...extraArgs], {
      // A session of its own: Ctrl-C in the terminal must not stop the database before what uses it.
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    const exited = new Promise<MongodExit>((resolve) => {
      child.once('exit', (code, signal) =>
        resolve({ how: signal ?? `exit code ${code}`, code: code ?? undefined }),
      );
    });
    await once(child, 'spawn');
    child.unref();
    return {
      pid: child.pid as number,
      port,
      adopted: false,
      logStart,
      exited,
      signal(name) {
        // From here on someone awaits its exit, which must be seen even if nothing else keeps us running.
        child.ref();
        child.kill(name);
        return Promise.resolve();
      },
    };
  } finally {
    await log.close();
  }
}

function mongodArgs({
  port,
  dbPath,
  logPath,
}: Pick<SpawnMongodOptions, 'port' | 'dbPath' | 'logPath'>): string[] {
  const pairs = {
    replSet: REPLICA_SET,
    dbpath: dbPath,
    bind_ip: '127.0.0.1',
    port: String(port),
    oplogSize: '512',
    wiredTigerCacheSizeGB: '0.5',
    logpath: logPath,
    setParameter: 'shutdownTimeoutMillisForSignaledShutdown=100',
  };
  const flags = platform() === 'win32' ? ['--logappend'] : ['--logappend', '--nounixsocket'];
  return [...Object.entries(pairs).flatMap(([name, value]) => [`--${name}`, value]), ...flags];
}

async function rotateLog(logPath: string): Promise<void> {
  const size = await stat(logPath).then(
    (stats) => stats.size,
    () => 0,
  );
  if (size > LOG_LIMIT_BYTES) await rename(logPath, `${logPath}.1`);
}
