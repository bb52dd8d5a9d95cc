import type { Connection } from 'mongoose';
import { onTestFinished } from 'vitest';
import { eventually } from './eventually.ts';
import { ownFailPoints } from './own-fail-points.ts';

export interface HeldFinds {
  /** How many wait in the database right now. */
  waiting(): Promise<number>;
  /** Resolves once so many wait. */
  until(count: number): Promise<void>;
  release(): Promise<void>;
}

const LOCAL = { readConcern: { level: 'local' } } as const;
const FAIL_POINT = 'waitInFindBeforeMakingBatch';

/** Every `find` on the collection waits inside the database until it is ended or released. One collection at a time. */
export async function holdFinds(connection: Connection, collection: string): Promise<HeldFinds> {
  const nss = `${connection.name}.${collection}`;
  await ownFailPoints(connection);
  const admin = connection.getClient().db('admin');
  const configure = (mode: 'alwaysOn' | 'off') =>
    admin.command({
      configureFailPoint: FAIL_POINT,
      mode,
      ...(mode === 'alwaysOn' && { data: { nss, shouldCheckForInterrupt: true } }),
    });
  const release = async (): Promise<void> => void (await configure('off'));
  onTestFinished(release);
  await configure('alwaysOn');

  const waiting = async (): Promise<number> => {
    const pipeline = [
      { $currentOp: {} },
      { $match: { ns: nss, failpointMsg: FAIL_POINT } },
      { $count: 'count' },
    ];
    const [found] = await admin.aggregate<{ count: number }>(pipeline, LOCAL).toArray();
    return found?.count ?? 0;
  };
  return {
    waiting,
    release,
    until: async (count) =>
      void (await eventually(waiting, (now) => now === count, {
        withinMs: 3000,
        what: `${count} reads wait in the database`,
      })),
  };
}
