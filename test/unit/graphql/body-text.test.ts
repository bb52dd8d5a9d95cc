import { expect, test } from 'vitest';
import { createBodyTextReader } from '../../../src/graphql/receipts/body-text.ts';

const MB = 1024 * 1024;

function readerOf(body: Buffer | null) {
  const read: string[] = [];
  let [reading, mostAtOnce] = [0, 0];
  const bodyText = createBodyTextReader({
    receipts: {
      byIds: () => Promise.resolve([]),
      page: () => Promise.reject(new Error('no page is read')),
      async body(id) {
        read.push(id);
        reading += 1;
        mostAtOnce = Math.max(mostAtOnce, reading);
        await Promise.resolve();
        reading -= 1;
        return body;
      },
    },
  });
  return { bodyText, read, mostAtOnce: () => mostAtOnce };
}

test('the aliases of a body share one read, and one body is read at a time', async () => {
  const { bodyText, read, mostAtOnce } = readerOf(Buffer.from('grüße'));
  const ids = ['a', 'b', 'c'];
  const texts = await Promise.all(ids.flatMap((id) => [4, 3, 9].map((maxBytes) => bodyText(id, maxBytes))));
  expect(texts).toEqual(ids.flatMap(() => ['grü', 'gr', 'grüße']));
  expect(read).toEqual(ids);
  expect(mostAtOnce()).toBe(1);
});

test('an operation gets 8 MB of bodies, then no more is read', async () => {
  const { bodyText, read } = readerOf(Buffer.alloc(MB, 'x'));
  const ids = Array.from({ length: 20 }, (_, index) => `r${index}`);
  const asked = ids.map(async (id) => (await bodyText(id, MB))?.length);
  const answers = await Promise.allSettled(asked);
  expect(answers.slice(0, 8)).toEqual(ids.slice(0, 8).map(() => ({ status: 'fulfilled', value: MB })));
  const extensions = { code: 'TOO_COMPLEX', limit: 'bodyBytes', maximum: 8 * MB };
  for (const answer of answers.slice(8)) {
    expect(answer).toMatchObject({ status: 'rejected', reason: { extensions } });
  }
  expect(read.length).toBeLessThanOrEqual(9);
});

test('a hundred bodies, as much of each as is read unless more is asked for, are within it', async () => {
  const { bodyText } = readerOf(Buffer.alloc(MB, 'x'));
  const asked = Array.from({ length: 100 }, (_, index) => bodyText(`r${index}`, 65_536));
  expect((await Promise.all(asked)).every((text) => text?.length === 65_536)).toBe(true);
});

test('a body that is no longer kept is null, and one that cannot be read keeps no other from being read', async () => {
  expect(await readerOf(null).bodyText('a', 10)).toBeNull();
  const failing = createBodyTextReader({
    receipts: {
      byIds: () => Promise.resolve([]),
      page: () => Promise.reject(new Error('no page is read')),
      body: (id) => (id === 'a' ? Promise.reject(new Error('away')) : Promise.resolve(Buffer.from('b'))),
    },
  });
  const [first, second] = await Promise.allSettled([failing('a', 1), failing('b', 1)]);
  expect(first).toMatchObject({ status: 'rejected', reason: { message: 'away' } });
  expect(second).toEqual({ status: 'fulfilled', value: 'b' });
});
