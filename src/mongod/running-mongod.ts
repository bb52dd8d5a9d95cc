import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspectProcess } from './inspect-process.ts';

export interface RunningMongod {
  pid: number;
  port: number;
  startedAt: string;
}

/** The living mongod that has this folder open, whoever started it. mongod itself notes its pid there. */
export async function findRunningMongod(dbPath: string): Promise<RunningMongod | undefined> {
  const noted = await readFile(join(dbPath, 'mongod.lock'), 'utf8').catch(() => '');
  const pid = Number.parseInt(noted, 10);
  if (!(pid > 0)) return undefined;
  const living = await inspectProcess(pid);
  // The pid may belong to something else by now.
  if (!living?.commandLine.includes(` --dbpath ${dbPath} `)) return undefined;
  const port = Number(/ --port (\d+)/.exec(living.commandLine)?.[1]);
  return port > 0 ? { pid, port, startedAt: living.startedAt } : undefined;
}
