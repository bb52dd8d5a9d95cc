import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Methods } from '../processes/parent-link.ts';
import type { BenchRowContext } from '../rows/bench-row.ts';
import type { BenchProcess } from './bench-process.ts';
import { startBenchProcess } from './bench-process.ts';
import type { RedisServer } from './redis-server.ts';
import { startRedisServer } from './redis-server.ts';

/** A Redis and a process that uses BullMQ on it, or why there is nothing to compare with. */
export type StartedBullmq<M extends Methods> =
  { kind: 'started'; redis: RedisServer; process: BenchProcess<M> } | { kind: 'absent'; reason: string };

/** `prepare` readies the process; where BullMQ cannot be loaded, it is what fails. */
export async function startBullmq<M extends Methods>(
  { folder, opened }: BenchRowContext,
  file: URL,
  prepare: (process: BenchProcess<M>, redis: RedisServer) => Promise<void>,
): Promise<StartedBullmq<M>> {
  const redisFolder = join(folder, 'redis');
  await mkdir(redisFolder);
  const redis = await startRedisServer(redisFolder);
  if (redis === null) return absent('there is no redis-server on this machine');
  opened.use(redis);
  const started = opened.use(await startBenchProcess<M>(file));
  try {
    await prepare(started, redis);
  } catch (error) {
    const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return absent(line);
  }
  return { kind: 'started', redis, process: started };
}

function absent(reason: string): { kind: 'absent'; reason: string } {
  return { kind: 'absent', reason: `not compared with BullMQ: ${reason}` };
}
