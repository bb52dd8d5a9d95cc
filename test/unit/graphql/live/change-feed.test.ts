import { expect, test } from 'vitest';
import { createChangeFeed } from '../../../../src/graphql/live/change-feed.ts';

interface Item {
  id: string;
}

/** A feed of items that the test says have changed; ids end in what they are about. */
function feed() {
  let tell: ((ids: readonly string[]) => void) | null = null;
  const reads: string[][] = [];
  const broken: unknown[] = [];
  let watchers = 0;
  const changeFeed = createChangeFeed<Item>({
    async *changes(signal) {
      watchers += 1;
      try {
        while (!signal.aborted) {
          yield await new Promise<readonly string[]>((resolve) => {
            tell = resolve;
            signal.addEventListener('abort', () => resolve([]));
          });
        }
      } finally {
        watchers -= 1;
      }
    },
    byIds(ids) {
      reads.push([...ids]);
      return Promise.resolve(ids.map((id) => ({ id })));
    },
    subjectOf: (id) => id.slice(id.indexOf(':') + 1),
    onBroken: (error) => broken.push(error),
  });
  const change = async (...ids: string[]): Promise<void> => {
    tell?.(ids);
    await settle();
  };
  return { changeFeed, change, reads, broken, watchers: () => watchers };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('a change reaches who waits for its subject and who waits for all; what nobody waits for is not read', async () => {
  const { changeFeed, change, reads, watchers } = feed();
  let called = 0;
  for (let index = 0; index < 1_000; index++) changeFeed.listen(`other-${index}`, () => (called += 1));
  const got: string[] = [];
  const stop = changeFeed.listen('x', ({ id }) => got.push(id));
  await settle();
  await change('1:x', '2:y');
  expect([got, reads, called]).toEqual([['1:x'], [['1:x']], 0]);
  const stopAll = changeFeed.listen(null, ({ id }) => got.push(`all ${id}`));
  await change('3:x', '4:y');
  expect(got.slice(1).sort()).toEqual(['3:x', 'all 3:x', 'all 4:y']);
  stop();
  stopAll();
  stopAll();
  expect(changeFeed.size()).toBe(1_000);
  expect(watchers()).toBe(1);
});

test('the database is watched only while somebody listens, and one who fails spoils it for nobody', async () => {
  const { changeFeed, change, broken, watchers } = feed();
  const got: string[] = [];
  const stopFailing = changeFeed.listen(null, () => {
    throw new Error('of a listener');
  });
  const stop = changeFeed.listen(null, ({ id }) => got.push(id));
  await settle();
  await change('1:x');
  await change('2:x');
  expect(got).toEqual(['1:x', '2:x']);
  expect(broken).toHaveLength(2);
  stopFailing();
  stop();
  await settle();
  expect(watchers()).toBe(0);
});
