import { Queue, Worker } from 'bullmq';
import { monotonicMs } from './monotonic-ms.ts';
import { serveParent } from './parent-link.ts';
import type { PushOrder } from './raw-push.ts';
import { createSignedPush } from './signed-push.ts';

export type BullmqPushMethods = typeof methods;

const ADDED_AT_ONCE = 500;

let queue: Queue<{ body: string }> | null = null;
let worker: Worker<{ body: string }> | null = null;

/** Adds jobs and works them, in one process, as BullMQ is meant to be used; a job signs and posts one body. */
const methods = serveParent({
  async aim(target: { url: string; secret: string; inFlight: number; redisPort: number }): Promise<void> {
    const send = createSignedPush({ ...target, connections: target.inFlight });
    const connection = { host: '127.0.0.1', port: target.redisPort, maxRetriesPerRequest: null };
    queue = new Queue('push', { connection, defaultJobOptions: { removeOnComplete: true } });
    worker = new Worker('push', (job) => send(job.id ?? '', job.data.body), {
      connection,
      concurrency: target.inFlight,
      removeOnComplete: { count: 0 },
    });
    worker.on('error', () => undefined);
    await Promise.all([queue.waitUntilReady(), worker.waitUntilReady()]);
  },

  /** Returns the seconds that it took until the last job was recorded as done. */
  async push({ count, body }: PushOrder): Promise<number> {
    const [jobs, workers] = [queue, worker];
    if (jobs === null || workers === null) throw new Error('no target');
    const startedAt = monotonicMs();
    const done = new Promise<void>((resolve, reject) => {
      let completed = 0;
      workers.on('failed', (_job, error) => reject(error));
      workers.on('completed', () => {
        completed += 1;
        if (completed < count) return;
        workers.removeAllListeners('completed').removeAllListeners('failed');
        resolve();
      });
    });
    for (let added = 0; added < count; added += ADDED_AT_ONCE) {
      const length = Math.min(ADDED_AT_ONCE, count - added);
      await jobs.addBulk(Array.from({ length }, () => ({ name: 'push', data: { body } })));
    }
    await done;
    return (monotonicMs() - startedAt) / 1000;
  },

  async close(): Promise<void> {
    await worker?.close();
    await queue?.close();
  },
});
