import { platform } from 'node:os';
import type { MongodProcess } from './mongod-process.ts';
import type { RunAdminCommand } from './run-admin-command.ts';

const ORDERLY_LIMIT_MS = 10_000;
const KILL_LIMIT_MS = 10_000;

/** Stops mongod in order; kills it if it does not go. Returns once it is gone. */
export async function stopMongod(mongod: MongodProcess, runAdminCommand: RunAdminCommand): Promise<void> {
  if (platform() === 'win32') {
    // There SIGTERM ends a process on the spot. The connection breaks before an answer comes.
    await runAdminCommand(mongod.port, { shutdown: 1, force: true }).catch(() => undefined);
  } else {
    await mongod.signal('SIGTERM');
  }
  if (await isGoneWithin(mongod, ORDERLY_LIMIT_MS)) return;
  await mongod.signal('SIGKILL');
  if (await isGoneWithin(mongod, KILL_LIMIT_MS)) return;
  throw new Error(`mongod (pid ${mongod.pid}) does not end`);
}

/** The timer also keeps our own process running until then. */
async function isGoneWithin({ exited }: MongodProcess, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const gone = await Promise.race([exited.then(() => true), tooLong]);
  clearTimeout(timer);
  return gone;
}
