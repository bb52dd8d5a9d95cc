import { getNamedType, graphql, isCompositeType, isInterfaceType, isObjectType } from 'graphql';
import type { GraphQLNamedType } from 'graphql';
import { expect, test } from 'vitest';
import { createSchema } from '../../../src/graphql/create-schema.ts';
import { ensureCollections } from '../../../src/store/ensure-collections.ts';
import { createReaderContext } from '../../support/reader-context.ts';
import { openWatchedDatabase } from '../../support/watch-commands.ts';
import { deliveries } from '../store/list-cases/deliveries.ts';
import { deployments } from '../store/list-cases/deployments.ts';
import { events } from '../store/list-cases/events.ts';
import { incidentParts } from '../store/list-cases/incident-parts.ts';
import { incidents } from '../store/list-cases/incidents.ts';
import { receipts } from '../store/list-cases/receipts.ts';

const schema = createSchema();

async function openLists() {
  const database = await openWatchedDatabase();
  const { connection } = database;
  createReaderContext(connection);
  await ensureCollections(connection);
  const all = [incidents, incidentParts, events, deliveries, receipts, deployments];
  await Promise.all(all.map(({ insert }) => insert(connection, 30)));
  return {
    ...database,
    async ask(source: string) {
      const { data, errors } = await graphql({
        schema,
        source,
        contextValue: createReaderContext(connection),
      });
      expect(errors).toBeUndefined();
      return JSON.parse(JSON.stringify(data));
    },
  };
}

/** Each field of a type with the least that can be selected of it. */
function fieldsOf(type: GraphQLNamedType | undefined): string[] {
  return Object.values(typed(type).getFields()).map((field) => {
    const inner = getNamedType(field.type);
    if (!isCompositeType(inner)) return field.name;
    if (inner.name.endsWith('Connection')) return `${field.name}(first: 1) { nodes { id } }`;
    const scalar = Object.values(typed(inner).getFields()).find(
      ({ type: one }) => !isCompositeType(getNamedType(one)),
    );
    return `${field.name} { ${scalar?.name} }`;
  });
}

function typed(type: GraphQLNamedType | undefined) {
  if (!isObjectType(type) && !isInterfaceType(type)) throw new Error('a type without fields');
  return type;
}

test('whichever column a field of a list needs is read for it', async () => {
  const { ask } = await openLists();
  const onIncident = (list: string) => `incident(id: "incident-0") { ${list} }`;
  const lists: [around: (selected: string) => string, type: string][] = [
    [(selected) => `deliveries(first: 100) { nodes { ${selected} } }`, 'Delivery'],
    [(selected) => `receipts(first: 30) { edges { node { ${selected} } } }`, 'Receipt'],
    [(selected) => `events(first: 30) { nodes { ${selected} } }`, 'Event'],
    [(selected) => onIncident(`timeline(first: 30) { nodes { ${selected} } }`), 'TimelineEntry'],
    [(selected) => onIncident(`evidence(first: 30) { nodes { ${selected} } }`), 'Evidence'],
    [(selected) => onIncident(`receipts(first: 30) { nodes { ${selected} } }`), 'Receipt'],
    [(selected) => onIncident(`events(first: 30) { nodes { ${selected} } }`), 'Event'],
  ];
  for (const [around, type] of lists) {
    const fields = fieldsOf(schema.getType(type));
    if (type === 'Event') {
      fields.push(
        '... on IncidentUpdated { changes { field } }',
        '... on TimelineUpdated { entries { kind } }',
      );
      fields.push('... on EvidenceAdded { evidence { text } }');
    }
    const whole = itemsIn(await ask(`{ ${around(fields.join(' '))} }`));
    expect(whole.length, type).toBeGreaterThan(1);
    for (const field of fields) {
      const alone = itemsIn(await ask(`{ ${around(field)} }`));
      const [name = ''] = field.replace(/^\.\.\. on \w+ \{ /, '').split(/[ (]/);
      const expected = whole.map((item) => (name in item ? { [name]: item[name] } : {}));
      expect(alone, `${type}: ${field}`).toEqual(expected);
    }
  }
});

test('large columns stay in the database where nobody asks for them', async () => {
  const { ask, readsOf } = await openLists();
  const columns = async (source: string, collection: string): Promise<string[]> => {
    const reads = await readsOf(() => ask(source));
    const read = reads.find((command) => command['find'] === collection);
    return Object.keys((read?.['projection'] ?? {}) as object).sort();
  };
  expect(await columns('{ deliveries { nodes { id state } } }', 'deliveries')).toEqual(['_id', 'state']);
  expect(await columns('{ receipts { nodes { outcome } } }', 'receipts')).toEqual(['_id', 'outcome']);
  expect(await columns('{ events { nodes { sequence } } }', 'events')).toEqual(['_id', 'sequence', 'type']);
  const evidence = '{ incident(id: "incident-0") { evidence { nodes { title } } } }';
  expect(await columns(evidence, 'evidence')).toEqual(['_id', 'occurredAt', 'title']);
  const timeline = '{ incident(id: "incident-0") { timeline { nodes { kind } } } }';
  expect(await columns(timeline, 'timeline_entries')).toEqual(['_id', 'kind', 'occurredAt']);
});

/** The items of the one list in an answer. */
function itemsIn(value: any): Record<string, unknown>[] {
  if (value.nodes !== undefined) return value.nodes;
  if (value.edges !== undefined)
    return value.edges.map(({ node }: { node: Record<string, unknown> }) => node);
  return itemsIn(Object.values(value)[0]);
}
