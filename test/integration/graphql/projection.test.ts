import fc from 'fast-check';
import { expect, test } from 'vitest';
import { insertIncidents } from '../../support/incident-rows.ts';
import { startGraphqlApp } from './graphql-app.ts';

const at = (n: number): Date => new Date(Date.UTC(2026, 2, 4, 5, n));
const FIELDS = [
  'id',
  'title',
  'description',
  'severity',
  'status',
  'source',
  'externalKey',
  'service',
  'url',
  'createdAt',
  'openedAt',
  'updatedAt',
  'acknowledgedAt',
  'resolvedAt',
  'triggerCount',
  'lastSeenAt',
];
const NESTED = ['timeline { nodes { text } }', 'deployments { nodes { id } }', 'evidence { nodes { id } }'];

const some = Array.from({ length: 6 }, (_, n) => ({
  id: `i-${n}`,
  description: `More about ${n}`,
  externalKey: n % 2 === 0 ? `key-${n}` : null,
  service: n % 3 === 0 ? null : 'checkout',
  url: `https://status.example/${n}`,
  acknowledgedAt: at(n),
  openedAt: at(n),
  updatedAt: at(10 + n),
  resolvedAt: at(20 + n),
  triggerCount: n,
}));

/** A part of a selection of incidents: where it stands, and how it is written there. */
const part = fc.record({
  field: fc.constantFrom(...FIELDS, ...NESTED, '__typename'),
  alias: fc.boolean(),
  place: fc.constantFrom('nodes', 'edges', 'fragment', 'inline', 'skipped'),
});

test('whatever is selected, and however, is what the whole incident shows', async () => {
  const app = await startGraphqlApp();
  await insertIncidents(app.connection, some);
  const ask = async (query: string) => {
    const { data, errors } = await app.ask(query);
    expect(errors).toBeUndefined();
    return data.incidents;
  };
  const whole = (await ask(`{ incidents { nodes { __typename ${[...FIELDS, ...NESTED].join(' ')} } } }`))
    .nodes;
  await fc.assert(
    fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 8 }), async (parts) => {
      const name = (n: number): string => `x${n}`;
      const written = (place: string): string =>
        parts
          .map((one, n) => ({ ...one, n }))
          .filter((one) => one.place === place)
          .map(({ field, alias, n }) => (alias ? `${name(n)}: ${field}` : field))
          .join(' ');
      const query = `
        query($no: Boolean! = false) {
          incidents { edges { node { ...Some ${written('edges')} } } }
          incidents @skip(if: $no) { nodes { id ${written('nodes')} ...Some ... on Incident { id ${written('inline')} } } }
          incidents @include(if: $no) { nodes { ${written('skipped')} url } }
        }
        fragment Some on Incident { id ${written('fragment')} }`;
      const { nodes, edges } = await ask(query);
      const expected = (places: string[]) =>
        whole.map((incident: Record<string, unknown>) =>
          Object.fromEntries([
            ['id', incident['id']],
            ...parts.flatMap(({ field, alias, place }, n) => {
              const key = field.split(' ')[0] ?? '';
              return places.includes(place) ? [[alias ? name(n) : key, incident[key]]] : [];
            }),
          ]),
        );
      expect(nodes).toEqual(expected(['nodes', 'fragment', 'inline']));
      expect(edges.map(({ node }: { node: object }) => node)).toEqual(expected(['edges', 'fragment']));
    }),
    { seed: 7, numRuns: 60 },
  );
});

test('a field that stands twice and is skipped once shows all of what is left', async () => {
  const app = await startGraphqlApp();
  await insertIncidents(app.connection, some.slice(0, 1));
  const query = `query($a: Boolean!, $b: Boolean!) {
    incidents @include(if: $a) { nodes { title } }
    incidents @include(if: $b) { nodes { url } }
  }`;
  for (const [a, b] of [
    [true, false],
    [true, true],
    [false, true],
  ]) {
    const { data } = await app.ask(query, { a, b });
    expect(data.incidents.nodes).toEqual([
      { ...(a && { title: 'i-0' }), ...(b && { url: 'https://status.example/0' }) },
    ]);
  }
});

test('the database is asked for no more columns than the selection needs', async () => {
  const app = await startGraphqlApp();
  await app.connection.db?.command({ profile: 2 });
  const profiles = app.connection.collection('system.profile');
  const columns = async (query: string): Promise<string[]> => {
    await app.ask(query);
    const [newest] = await profiles
      .find({ op: 'query', ns: /\.incidents$/ })
      .sort({ $natural: -1 })
      .toArray();
    return Object.keys(newest?.['command'].projection).sort();
  };
  expect(await columns('{ incidents { nodes { id title } } }')).toEqual(['_id', 'openedAt', 'title']);
  expect(
    await columns(
      '{ incidents(orderBy: UPDATED_AT_ASC) { edges { cursor node { title events { nodes { id } } } } } }',
    ),
  ).toEqual(['_id', 'title', 'updatedAt']);
  expect(await columns('{ staleIncidents { nodes { timeline { nodes { id } } } } }')).toEqual([
    '_id',
    'lastSeenAt',
    'openedAt',
    'resolvedAt',
    'service',
  ]);
});
