import type { Connection } from 'mongoose';
import { pollUntil } from './poll-until.ts';

/** Returns when every event of the database has its number, with the milliseconds that that took. */
export async function allNumbered(database: Connection): Promise<number> {
  const startedAt = performance.now();
  const events = database.collection('events');
  await pollUntil(async () => (await events.findOne({ unnumbered: true })) === null, {
    everyMs: 20,
    limitMs: 60_000,
    what: 'all events are numbered',
  });
  return performance.now() - startedAt;
}
