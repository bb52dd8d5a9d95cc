import fc from 'fast-check';
import { Kind, parse } from 'graphql';
import type { OperationDefinitionNode } from 'graphql';
import { describe, expect, test } from 'vitest';
import { createSchema } from '../../../../src/graphql/create-schema.ts';
import { createShapeMeter } from '../../../../src/graphql/limits/document-shape.ts';
import type { Shape } from '../../../../src/graphql/limits/document-shape.ts';
import { createOperationCost } from '../../../../src/graphql/limits/operation-cost.ts';

const operationCost = createOperationCost(createSchema());

function read(text: string, variables: Record<string, unknown> = {}): { cost: number; shape: Shape } {
  const document = parse(text);
  const operation = document.definitions.find(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  );
  if (!operation) throw new Error('no operation');
  return {
    cost: operationCost({ document, operation, variables }),
    shape: createShapeMeter(document)(operation.selectionSet),
  };
}

const cost = (text: string, variables?: Record<string, unknown>): number => read(text, variables).cost;

/** What is asked of an incident. */
type Asked = readonly (
  | { kind: 'leaf'; text: string }
  | { kind: 'events'; first: number | null; of: Asked }
  | { kind: 'counted'; last: number }
)[];

const { asked } = fc.letrec<{ asked: Asked }>((tie) => ({
  asked: fc.array(
    fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc
        .constantFrom('id', 'a: title', 'status @skip(if: false)')
        .map((text) => ({ kind: 'leaf', text }) as const),
      fc.record({ kind: fc.constant('counted' as const), last: fc.integer({ min: 1, max: 100 }) }),
      fc.record({
        kind: fc.constant('events' as const),
        first: fc.option(fc.integer({ min: 1, max: 100 })),
        of: tie('asked'),
      }),
    ),
    { minLength: 1, maxLength: 3 },
  ),
}));

/** Written by hand, or with a fragment for each selection, the same for the same. */
function print(tree: Asked, named: (text: string) => string): string {
  return named(
    tree
      .map((part) => {
        if (part.kind === 'leaf') return part.text;
        if (part.kind === 'counted') return `timeline(last: ${part.last}) { totalCount }`;
        const first = part.first === null ? '' : `(first: ${part.first})`;
        return `events${first} { nodes { incident { ${print(part.of, named)} } } }`;
      })
      .join(' '),
  );
}

test('an operation is as large with fragments as without them', () => {
  fc.assert(
    fc.property(asked, (tree) => {
      const inline = `{ incidents { nodes { ${print(tree, (text) => text)} } } }`;
      const fragments = new Map<string, string>();
      const spread = print(tree, (text) => {
        const name = fragments.get(text) ?? `F${fragments.size}`;
        fragments.set(text, name);
        return `...${name}`;
      });
      const definitions = [...fragments].map(([text, name]) => `fragment ${name} on Incident { ${text} }`);
      expect(read(`{ incidents { nodes { ${spread} } } } ${definitions.join(' ')}`)).toEqual(read(inline));
    }),
  );
});

test('a page more within a page, or a page that is larger, never costs less', () => {
  fc.assert(
    fc.property(asked, fc.integer({ min: 1, max: 99 }), (tree, first) => {
      const at = (size: number) =>
        cost(`{ incidents(first: ${size}) { nodes { ${print(tree, (text) => text)} } } }`);
      expect(at(first + 1)).toBeGreaterThan(at(first));
    }),
  );
});

describe('the cost of an operation', () => {
  test.each([
    ['{ incidents { nodes { id } } }', 35],
    ['{ incidents(first: 50) { nodes { timeline(first: 20) { nodes { id } } } } }', 60 + 50 * 30],
    ['{ incidents(last: 3) { edges { cursor node { events(first: 4) { nodes { id } } } } } }', 13 + 3 * 14],
    [
      '{ incidents(first: 2) { nodes { id } edges { node { events(first: 5) { totalCount } } } } }',
      12 + 2 * 115,
    ],
    ['{ incidents(first: 1) { totalCount } }', 111],
    ['{ incident(id: "x") { id } }', 1],
    ['{ events: incident(id: "x") { events(first: 2) { nodes { incident { id } } } } }', 1 + 12 + 2],
    ['{ deliveries(first: 2) { nodes { attempts { outcome } } } }', 12 + 2 * 10],
    ['{ previewWebhook(input: { provider: "generic", body: "{}" }) { outcome } }', 2_500],
    ['{ incidentStatistics(from: "2026-01-01T00:00:00Z") { count } }', 5_000],
    ['{ receipt(id: "x") { body start: body(maxBytes: 100) } }', 1 + 2 * 20],
    ['{ incident(id: "x") { title description status state: status } }', 1],
    [
      '{ incident(id: "x") { a: description b: description description ...F } } fragment F on Incident { c: description }',
      1 + 3 * 10,
    ],
    ['{ a: incident(id: "x") { text: title } b: incident(id: "y") { text: title } }', 2],
    ['{ incidents(first: 1000000) { nodes { id } } }', 110],
    ['{ incidents(first: -1) { nodes { id } } }', 110],
    ['mutation { resolveIncident(input: { id: "x" }) { incident { id } errors { code } } }', 1 + 10],
    ['subscription { events { incident { events(first: 7) { nodes { id } } } } }', 1 + 1 + 17],
    ['subscription { events(filter: { severity: [HIGH] }) { id } }', 1],
  ])('%s', (text, expected) => {
    expect(cost(text)).toBe(expected);
  });

  test('follows the variables, their defaults, and what they leave out', () => {
    const paged = 'query($n: Int = 10) { incidents(first: $n) { nodes { id } } }';
    expect(cost(paged)).toBe(20);
    expect(cost(paged, { n: 3 })).toBe(13);
    expect(cost(paged, { n: null })).toBe(35);
    expect(cost(paged, { n: 'many' })).toBe(110);
    const optional =
      'query($on: Boolean!) { a: incidents { nodes { id } } b: incidents @include(if: $on) { nodes { id } } c: incidents @skip(if: $on) { nodes { id } } }';
    expect([cost(optional, { on: true }), cost(optional, { on: false })]).toEqual([70, 70]);
    expect(cost(optional, {})).toBe(105);
  });

  test('of a filter by what no index knows is paid once, however it is given', () => {
    const filtered = (filter: string, variables?: Record<string, unknown>) =>
      cost(`query($f: IncidentFilter, $t: DateTimeRange) { incidents(filter: ${filter}) { nodes { id } } }`, {
        ...variables,
      });
    const one = { from: '2026-01-01T00:00:00Z' };
    expect(filtered('{ resolvedAt: { from: "2026-01-01T00:00:00Z" } }')).toBe(535);
    expect(filtered('{ resolvedAt: $t }', { t: one })).toBe(535);
    expect(filtered('{ resolvedAt: $t, acknowledgedAt: $t }', { t: one })).toBe(535);
    expect(filtered('$f', { f: { resolvedAt: one, status: ['OPEN'] } })).toBe(535);
    expect(filtered('{ resolvedAt: $t, acknowledgedAt: null, service: ["api"] }')).toBe(35);
    expect(filtered('$f', { f: { resolvedAt: null, openedAt: one } })).toBe(35);
    for (const f of [{ kind: 'ObjectValue' }, 'ObjectValue', null, undefined, 7, [{}]]) {
      expect(filtered('$f', { f })).toBe(35);
    }
    expect(
      cost('query($f: EventFilter = { type: [NOTE_ADDED] }) { events(filter: $f) { nodes { id } } }'),
    ).toBe(535);
  });

  test('of fragments that double is told at once', () => {
    const count = 300;
    const fragments = Array.from(
      { length: count },
      (_, index) =>
        `fragment F${index} on Incident { a: events(first: 2) { nodes { incident { ...F${index + 1} } } } b: events(first: 2) { nodes { incident { ...F${index + 1} } } } }`,
    );
    const text = `{ incident(id: "x") { ...F0 } } ${fragments.join(' ')} fragment F${count} on Incident { id }`;
    const begunAt = performance.now();
    const { cost: told, shape } = read(text);
    expect(performance.now() - begunAt).toBeLessThan(1_000);
    expect(told).toBeGreaterThan(1e100);
    expect(shape.fields).toBeGreaterThan(1e80);
  });
});
