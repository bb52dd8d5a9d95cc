import { execFile } from 'node:child_process';
import { open } from 'node:fs/promises';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { percentile } from '../report/percentile.ts';

const run = promisify(execFile);

/** What the figures depend on. */
export interface MachineFacts {
  cores: number;
  cpu: string;
  memoryGb: number;
  system: string;
  node: string;
  mongod: string;
  /** Null where there is no redis-server. */
  redis: string | null;
  /** Appending 1,300 bytes and flushing them, on the disk where the databases lie. */
  fdatasyncMs: { p50: number; p99: number };
  /** Over the last minute, before the bench began. */
  load: number;
}

const APPENDED_BYTES = 1300;
const APPENDS = 200;

export async function readMachineFacts({
  folder,
  mongod,
}: {
  folder: string;
  mongod: string;
}): Promise<MachineFacts> {
  const [load = 0] = loadavg();
  return {
    cores: cpus().length,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.version,
    mongod,
    redis: await redisVersion(),
    fdatasyncMs: await measureFlush(join(folder, 'fdatasync')),
    load,
  };
}

async function redisVersion(): Promise<string | null> {
  try {
    const { stdout } = await run('redis-server', ['--version']);
    return /v=([\d.]+)/.exec(stdout)?.[1] ?? stdout.trim();
  } catch {
    return null;
  }
}

async function measureFlush(path: string): Promise<{ p50: number; p99: number }> {
  const times: number[] = [];
  const file = await open(path, 'w');
  try {
    for (let i = 0; i < APPENDS; i++) {
      const startedAt = performance.now();
      await file.write(Buffer.alloc(APPENDED_BYTES));
      await file.datasync();
      times.push(performance.now() - startedAt);
    }
  } finally {
    await file.close();
  }
  return { p50: percentile(times, 50), p99: percentile(times, 99) };
}
