import { Queue, Worker } from 'bullmq';
import { serveParent } from './parent-link.ts';
import { createSignedPush } from './signed-push.ts';
import { startVerifiedIntakeServer } from './verified-intake-server.ts';

export type RelayMethods = typeof methods;

interface RelayTarget {
  url: string;
  /** Of both ways in and out. */
  secret: string;
  /** Null: posted on by the same process right after the answer, with nothing stored. */
  redisPort: number | null;
}

let close = (): Promise<unknown> => Promise.resolve();

/** Posts on each verified webhook as it came: without incident, order or history. Returns its port. */
const methods = serveParent({
  async listen({ url, secret, redisPort }: RelayTarget): Promise<number> {
    const send = createSignedPush({ url, secret, connections: 64 });
    if (redisPort === null) {
      return startVerifiedIntakeServer({
        secret,
        take(body) {
          void send('relay', body.toString());
        },
      });
    }
    const connection = { host: '127.0.0.1', port: redisPort, maxRetriesPerRequest: null };
    const queue = new Queue<{ body: string }>('relay', { connection });
    const worker = new Worker<{ body: string }>('relay', (job) => send(job.id ?? '', job.data.body), {
      connection,
      concurrency: 64,
      removeOnComplete: { count: 0 },
    });
    worker.on('error', () => undefined);
    await Promise.all([queue.waitUntilReady(), worker.waitUntilReady()]);
    close = () => Promise.all([worker.close(), queue.close()]);
    return startVerifiedIntakeServer({
      secret,
      async take(body) {
        await queue.add('push', { body: body.toString() });
      },
    });
  },

  async close(): Promise<void> {
    await close();
  },
});
