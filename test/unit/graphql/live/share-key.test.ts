import { parse } from 'graphql';
import { expect, test } from 'vitest';
import type { Principal } from '../../../../src/access/principal.ts';
import { createSchema } from '../../../../src/graphql/create-schema.ts';
import { createShareKey } from '../../../../src/graphql/live/share-key.ts';

const all: Principal = { name: 'a', scopes: ['READ', 'RESPOND', 'ADMIN'], keyId: null };
const shareKey = createShareKey(createSchema());

function key(query: string, variables: Record<string, unknown> | null = null, principal = all): string {
  return shareKey({ document: parse(query), operationName: null, variables, principal });
}

const EVENTS =
  'subscription($after: Sequence, $filter: EventFilter) { events(after: $after, filter: $filter) { id } }';

test('where one began makes no difference, what one asks for does', () => {
  expect(key(EVENTS, { after: 1 })).toBe(key(EVENTS, { after: 2 }));
  expect(key(EVENTS, { after: 1 })).toBe(key(EVENTS, {}));
  expect(key(EVENTS, { filter: { type: ['EVIDENCE_ADDED'] } })).not.toBe(key(EVENTS, {}));
  expect(key(EVENTS)).not.toBe(key(EVENTS.replace('{ id }', '{ sequence }')));
});

test('a beginning written into the document makes none either, one that is also used elsewhere does', () => {
  const from = (after: number) => key(`subscription { events(after: ${after}) { id } }`);
  expect(from(1)).toBe(from(2));
  expect(from(1)).toBe(key('subscription { events { id } }'));
  const within = (after: string) =>
    key(`subscription { incident(id: "1") { timeline(after: "${after}") { nodes { id } } } }`);
  expect(within('a')).not.toBe(within('b'));
  const query = 'subscription($x: String) { incident(id: "1") { timeline(after: $x) { nodes { id } } } }';
  expect(key(query, { x: 'a' })).not.toBe(key(query, { x: 'b' }));
  const twice =
    'subscription($x: Sequence) { events(after: $x) { id a: incident { timeline(after: $x) { nodes { id } } } } }';
  expect(key(twice, { x: 1 })).not.toBe(key(twice, { x: 2 }));
});

test('how a document is written, named and filled in makes no difference', () => {
  const defaults = EVENTS.replace('EventFilter)', 'EventFilter = { type: [INCIDENT_CREATED] })');
  expect(key(defaults)).toBe(key(defaults, { filter: { type: ['INCIDENT_CREATED'] }, unknown: 1 }));
  expect(key(defaults)).toBe(key(defaults, { filter: { type: 'INCIDENT_CREATED' } }));
  const filter = { service: ['a'], severity: ['HIGH'] };
  expect(key(EVENTS, { filter })).toBe(key(EVENTS, { filter: { severity: ['HIGH'], service: ['a'] } }));
  expect(key('subscription Mine { events { id, sequence } } # of mine')).toBe(
    key('subscription Yours {\n  events {\n    id\n    sequence\n  }\n}'),
  );
});

test('the order of variables makes no difference, other rights do, another name with the same rights does not', () => {
  const query = 'subscription($a: ID, $b: ID) { deliveries(endpointId: $a) { id @include(if: $b) } }';
  expect(key(query, { a: '1', b: '2' })).toBe(key(query, { b: '2', a: '1' }));
  expect(key(EVENTS, null, { name: 'a', scopes: ['READ'], keyId: null })).not.toBe(key(EVENTS));
  expect(key(EVENTS, null, { ...all, name: 'b' })).toBe(key(EVENTS));
});
