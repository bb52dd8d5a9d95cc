import fc from 'fast-check';
import { expect, test } from 'vitest';
import { insertIncidents } from '../../support/incident-rows.ts';
import { startGraphqlApp } from './graphql-app.ts';
import type { GraphqlApp } from './graphql-app.ts';
import { PARTS, at, walk } from './walk-pages.ts';

const LIST = `query($filter: IncidentFilter, $orderBy: IncidentOrder, $first: Int, $after: String, $last: Int, $before: String) {
  incidents(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) { ${PARTS} totalCount } }`;

async function found(app: GraphqlApp, filter: object, orderBy = 'OPENED_AT_ASC'): Promise<string[]> {
  const { data, errors } = await app.ask(LIST, { filter, orderBy, first: 100 });
  expect(errors).toBeUndefined();
  expect(data.incidents.totalCount).toBe(data.incidents.nodes.length);
  return data.incidents.nodes.map(({ id }: { id: string }) => id);
}

test('text finds whole words of title and description, in any order, case and accents aside', async () => {
  const app = await startGraphqlApp();
  await insertIncidents(app.connection, [
    { id: 'a', title: 'Payment API is down', description: 'Größe des Pools: 0' },
    { id: 'b', title: 'Payments are slow', description: 'host api-7f.eu.example.com' },
    { id: 'c', title: 'CAFÉ down', description: 'The payment api again', status: 'OPEN' },
  ]);
  expect(await found(app, { text: 'payment' })).toEqual(['a', 'c']);
  expect(await found(app, { text: '  DOWN, payment! ' })).toEqual(['a', 'c']);
  expect(await found(app, { text: 'api-7f' })).toEqual(['b']);
  expect(await found(app, { text: 'grosse' })).toEqual(['a']);
  expect(await found(app, { text: 'cafe\u0301 payment' })).toEqual(['c']);
  expect(await found(app, { text: 'pay' })).toEqual([]);
  expect(await found(app, { text: 'payment slow' })).toEqual([]);
  expect(await found(app, { text: 'payment', status: ['OPEN'] })).toEqual(['c']);
  expect(await found(app, { text: null })).toEqual(['a', 'b', 'c']);
});

test('what an update says is found, and what it replaced no longer', async () => {
  const app = await startGraphqlApp();
  const { data } = await app.ask(
    `mutation { createIncident(input: { title: "Disk is full" }) { incident { id } errors { code } } }`,
  );
  const { id } = data.createIncident.incident;
  expect(await found(app, { text: 'disk' })).toEqual([id]);
  await app.ask(
    `mutation($id: ID!) { updateIncident(input: { id: $id, title: "Inodes are used up" }) { errors { code } } }`,
    { id },
  );
  expect(await found(app, { text: 'disk' })).toEqual([]);
  expect(await found(app, { text: 'inodes' })).toEqual([id]);
});

test('an external key finds its incidents, exactly as it is written', async () => {
  const app = await startGraphqlApp();
  await insertIncidents(app.connection, [
    { id: 'a', externalKey: 'PT4KHLK', openedAt: at(1), title: 'First' },
    { id: 'b', externalKey: 'eu/disk full', openedAt: at(2), title: 'Second' },
    { id: 'c', externalKey: 'PT4KHLK', openedAt: at(3), title: 'Third' },
    { id: 'd', externalKey: 'pt4khlk', openedAt: at(4), title: 'PT4KHLK' },
    { id: 'e', openedAt: at(5), title: 'Fifth' },
  ]);
  expect(await found(app, { externalKey: ['PT4KHLK'] })).toEqual(['a', 'c']);
  expect(await found(app, { externalKey: ['PT4KHLK', 'eu/disk full'] }, 'OPENED_AT_DESC')).toEqual([
    'c',
    'b',
    'a',
  ]);
  expect(await found(app, { externalKey: ['PT4KHLK'], text: 'third' })).toEqual(['c']);
  expect(await found(app, { externalKey: ['eu/disk'] })).toEqual([]);
  expect(await found(app, { text: 'PT4KHLK' })).toEqual(['d']);
});

test('a search goes page by page both ways, and is what a plain look through the incidents finds', async () => {
  const app = await startGraphqlApp();
  const words = ['disk', 'full', 'api', 'slow', 'eu', 'down'];
  const incidents = Array.from({ length: 200 }, (_, n) => ({
    id: `i-${String(n).padStart(3, '0')}`,
    title: words.filter((_word, bit) => (n >> bit) & 1).join(' ') || 'nothing',
    openedAt: at(Math.floor((n * 37) % 50)),
    service: n % 3 === 0 ? 'checkout' : 'cart',
  }));
  await insertIncidents(app.connection, incidents);
  const inOrder = incidents.toSorted(
    (a, b) => a.openedAt.getTime() - b.openedAt.getTime() || (a.id < b.id ? -1 : 1),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.constantFrom(...words), { minLength: 1, maxLength: 4 }),
      fc.constantFrom<string[] | undefined>(undefined, ['cart'], ['checkout']),
      fc.boolean(),
      async (wanted, service, backward) => {
        const filter = { text: wanted.join(' '), service };
        const ask = async (args: object) => {
          const { data, errors } = await app.ask(LIST, { filter, orderBy: 'OPENED_AT_ASC', ...args });
          expect(errors).toBeUndefined();
          return data.incidents;
        };
        const expected = inOrder
          .filter((one) => wanted.every((word) => one.title.split(' ').includes(word)))
          .filter((one) => service === undefined || service.includes(one.service))
          .map(({ id }) => id);
        expect(await walk(ask, 9, backward)).toEqual(expected);
      },
    ),
    { seed: 3, numRuns: 15 },
  );
});

test('times of change, acknowledgement and resolution can be asked for', async () => {
  const app = await startGraphqlApp();
  await insertIncidents(
    app.connection,
    Array.from({ length: 6 }, (_, n) => ({
      id: `i-${n}`,
      openedAt: at(n),
      updatedAt: at(20 - n),
      acknowledgedAt: n % 2 === 0 ? at(30 + n) : null,
      resolvedAt: n < 3 ? null : at(40 + n),
    })),
  );
  expect(await found(app, { updatedAt: { from: at(16), until: at(19) } }, 'UPDATED_AT_ASC')).toEqual([
    'i-4',
    'i-3',
    'i-2',
  ]);
  expect(await found(app, { updatedAt: { from: at(19) } })).toEqual(['i-0', 'i-1']);
  expect(await found(app, { acknowledgedAt: { until: at(34) } })).toEqual(['i-0', 'i-2']);
  expect(await found(app, { resolvedAt: { from: at(44) }, openedAt: { until: at(5) } })).toEqual(['i-4']);
});

test('what cannot be searched, or not in that order, is refused and says why', async () => {
  const app = await startGraphqlApp();
  const refusal = async (args: string): Promise<string | undefined> => {
    const { errors } = await app.ask(`{ incidents(${args}) { nodes { id } } }`);
    expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    return errors?.[0]?.message;
  };
  expect(await refusal('filter: { text: "" }')).toMatch(/two letters or digits/);
  expect(await refusal('filter: { text: "a . !" }')).toMatch(/two letters or digits/);
  expect(await refusal('filter: { text: "a1 b2 c3 d4 e5 f6 g7 h8 i9 j10 k11" }')).toMatch(/10 words/);
  expect(await refusal(`filter: { text: "${'aa '.repeat(400)}" }`)).toMatch(/1,000 characters/);
  expect(await refusal(`filter: { externalKey: [${'"x",'.repeat(51)}] }`)).toMatch(/50 values/);
  expect(await refusal('orderBy: UPDATED_AT_DESC, filter: { text: "disk" }')).toMatch(/OPENED_AT_DESC/);
  expect(await refusal('orderBy: UPDATED_AT_ASC, filter: { externalKey: ["x"] }')).toMatch(/OPENED_AT_ASC/);
});
