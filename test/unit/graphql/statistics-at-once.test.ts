import { graphql } from 'graphql';
import { expect, test } from 'vitest';
import { createSchema } from '../../../src/graphql/create-schema.ts';

const schema = createSchema();

test('however many ask for statistics, those of two are read at once', async () => {
  let [reading, mostAtOnce, reads] = [0, 0, 0];
  const contextValue = {
    clock: { now: () => new Date('2026-03-02T00:00:00Z') },
    principal: { scopes: ['READ'] },
    signal: new AbortController().signal,
    incidents: {
      async openedByDay() {
        reads += 1;
        reading += 1;
        mostAtOnce = Math.max(mostAtOnce, reading);
        await new Promise(setImmediate);
        reading -= 1;
        return [];
      },
    },
  };
  const source = '{ incidentStatistics(from: "2026-03-01T00:00:00Z") { count } }';
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => graphql({ schema, source, contextValue })),
  );
  expect(answers).toEqual(answers.map(() => ({ data: { incidentStatistics: { count: 0 } } })));
  expect([reads, mostAtOnce]).toEqual([5, 2]);
});
