import { connect } from 'node:net';
import { abortableSleep } from '../kernel/abortable-sleep.ts';
import type { MongodExit, MongodProcess } from './mongod-process.ts';
import { MongodStartError } from './mongod-start-error.ts';
import type { Progress } from './progress.ts';
import { mongodHost, REPLICA_SET } from './replica-set.ts';
import type { RunAdminCommand } from './run-admin-command.ts';

const POLL_MS = 25;
const PROGRESS_EVERY_MS = 10_000;
const LIMIT_MS = 5 * 60_000;
/** Error code of a mongod that was never part of a replica set. */
const NOT_YET_INITIALIZED = 94;

export interface EnsurePrimaryOptions {
  mongod: MongodProcess;
  runAdminCommand: RunAdminCommand;
  progress: Progress;
  signal: AbortSignal;
}

/** Waits until mongod is the writable primary of its set of one, making or mending the set where needed. */
export async function ensurePrimary({
  mongod,
  runAdminCommand,
  progress,
  signal,
}: EnsurePrimaryOptions): Promise<void> {
  const gone = new AbortController();
  let exit: MongodExit | undefined;
  void mongod.exited.then((how) => {
    exit = how;
    gone.abort();
  });
  const over = AbortSignal.any([signal, gone.signal]);
  const startedAt = performance.now();
  let toldAt = startedAt;
  let lastError: unknown;
  for (;;) {
    try {
      if ((await isListening(mongod.port)) && (await isPrimary(mongod.port, runAdminCommand))) return;
    } catch (error) {
      lastError = error;
    }
    signal.throwIfAborted();
    if (exit) throw new MongodStartError(`mongod ended before it was ready (${exit.how})`, { exit });
    const now = performance.now();
    if (now - startedAt > LIMIT_MS) {
      throw new MongodStartError('mongod runs but does not become primary', { cause: lastError });
    }
    if (now - toldAt > PROGRESS_EVERY_MS) {
      progress(`Still waiting for the database, ${((now - startedAt) / 1000).toFixed(0)} s`);
      toldAt = now;
    }
    await abortableSleep(POLL_MS, over);
  }
}

async function isPrimary(port: number, runAdminCommand: RunAdminCommand): Promise<boolean> {
  const hello = await runAdminCommand(port, { hello: 1 });
  if (hello['isWritablePrimary'] === true && hello['me'] === mongodHost(port)) return true;
  await mendReplicaSet(port, runAdminCommand);
  return false;
}

/** The set's configuration names its member by port; under another port mongod would never become primary. */
async function mendReplicaSet(port: number, runAdminCommand: RunAdminCommand): Promise<void> {
  const member = { _id: 0, host: mongodHost(port) };
  const config = await readConfig(port, runAdminCommand);
  if (!config) {
    await runAdminCommand(port, { replSetInitiate: { _id: REPLICA_SET, members: [member] } });
  } else if (config.members.length !== 1 || config.members[0]?.host !== member.host) {
    const mended = { ...config, version: config.version + 1, members: [member] };
    await runAdminCommand(port, { replSetReconfig: mended, force: true });
  }
}

interface ReplicaSetConfig {
  version: number;
  members: { host?: string }[];
}

async function readConfig(
  port: number,
  runAdminCommand: RunAdminCommand,
): Promise<ReplicaSetConfig | undefined> {
  try {
    return (await runAdminCommand(port, { replSetGetConfig: 1 }))['config'] as ReplicaSetConfig;
  } catch (error) {
    if ((error as { code?: unknown }).code === NOT_YET_INITIALIZED) return undefined;
    throw error;
  }
}

/** Cheaper and faster than to let a driver find out while mongod is still opening its files. */
function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const settle = (listening: boolean): void => {
      socket.destroy();
      resolve(listening);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}
