import { parse } from 'graphql';
import { expect, test } from 'vitest';
import type { Principal } from '../../../../src/access/principal.ts';
import { shareKey } from '../../../../src/graphql/live/live-operation.ts';

const all: Principal = { name: 'a', scopes: ['READ', 'RESPOND', 'ADMIN'], keyId: null };

function key(query: string, variables: Record<string, unknown> | null = null, principal = all): string {
  return shareKey({ document: parse(query), operationName: null, variables, principal });
}

const EVENTS =
  'subscription($after: Sequence, $filter: EventFilter) { events(after: $after, filter: $filter) { id } }';

test('where one began makes no difference, what one asks for does', () => {
  expect(key(EVENTS, { after: 1 })).toBe(key(EVENTS, { after: 2 }));
  expect(key(EVENTS, { after: 1 })).toBe(key(EVENTS, {}));
  expect(key(EVENTS, { filter: { type: ['X'] } })).not.toBe(key(EVENTS, {}));
  expect(key(EVENTS)).not.toBe(key(EVENTS.replace('{ id }', '{ sequence }')));
});

test('a variable that also says something else makes a difference', () => {
  const query = 'subscription($x: String) { incident(id: "1") { timeline(after: $x) { nodes { id } } } }';
  expect(key(query, { x: 'a' })).not.toBe(key(query, { x: 'b' }));
  const twice =
    'subscription($x: Sequence) { events(after: $x) { id a: incident { timeline(after: $x) { nodes { id } } } } }';
  expect(key(twice, { x: 1 })).not.toBe(key(twice, { x: 2 }));
});

test('the order of variables makes no difference, other rights do, another name with the same rights does not', () => {
  const query = 'subscription($a: ID, $b: ID) { deliveries(endpointId: $a) { id @include(if: $b) } }';
  expect(key(query, { a: '1', b: '2' })).toBe(key(query, { b: '2', a: '1' }));
  expect(key(EVENTS, null, { name: 'a', scopes: ['READ'], keyId: null })).not.toBe(key(EVENTS));
  expect(key(EVENTS, null, { ...all, name: 'b' })).toBe(key(EVENTS));
});
