import { expect, it } from 'vitest';
import { createBodyLoader } from '../../../src/outbound/body-loader.ts';

function aStore(bodies: Record<string, string>) {
  const queries: string[][] = [];
  return {
    queries,
    bodies(ids: readonly string[]) {
      queries.push([...ids]);
      return Promise.resolve(
        new Map(ids.flatMap((id) => (bodies[id] === undefined ? [] : [[id, bodies[id]]]))),
      );
    },
  };
}

const none = () => [];

it('fetches what is asked for at the same time, and what comes next, in one query', async () => {
  const events = aStore({ a: 'A', b: 'B', c: 'C' });
  const loader = createBodyLoader({ events });
  expect(
    await Promise.all([loader.load('a', () => ['c']), loader.load('b', none), loader.load('a', none)]),
  ).toEqual(['A', 'B', 'A']);
  expect(await loader.load('c', none)).toBe('C');
  expect(events.queries).toEqual([['a', 'c', 'b']]);
});

it('says null for an event that is gone', async () => {
  expect(await createBodyLoader({ events: aStore({}) }).load('gone', none)).toBeNull();
});

it('keeps no more than its share of memory', async () => {
  const events = aStore({ a: 'x'.repeat(60), b: 'y'.repeat(60) });
  const loader = createBodyLoader({ events, cacheBytes: 100 });
  await loader.load('a', none);
  await loader.load('b', none);
  await loader.load('b', none);
  await loader.load('a', none);
  expect(events.queries).toEqual([['a'], ['b'], ['a']]);
});

it('tells everyone who waits when a query fails, and tries anew for the next', async () => {
  let isAway = true;
  const events = {
    bodies: (ids: readonly string[]) =>
      isAway ? Promise.reject(new Error('away')) : Promise.resolve(new Map(ids.map((id) => [id, 'body']))),
  };
  const loader = createBodyLoader({ events });
  await expect(loader.load('a', () => ['b'])).rejects.toThrow('away');
  isAway = false;
  expect(await loader.load('a', none)).toBe('body');
});
