import type { Connection } from 'mongoose';
import { onTestFinished } from 'vitest';
import { unlessTaken } from '../../src/store/unless-taken.ts';
import { eventually } from './eventually.ts';

const LONGEST_TEST_MS = 60_000;

let held = false;

/**
 * Waits until this test alone may set fail points, up to its end: mongod has one of each kind, and all tests share the
 * mongod.
 */
export async function ownFailPoints(connection: Connection): Promise<void> {
  if (held) return;
  const locks = connection.getClient().db('test_locks').collection<{ _id: string }>('locks');
  const take = (): Promise<boolean> =>
    unlessTaken(locks.insertOne({ _id: 'fail points' })).then((taken) => taken !== null);
  await eventually(take, Boolean, { withinMs: LONGEST_TEST_MS, what: 'no other test uses fail points' });
  held = true;
  onTestFinished(async () => {
    held = false;
    await locks.deleteOne({ _id: 'fail points' });
  });
}
