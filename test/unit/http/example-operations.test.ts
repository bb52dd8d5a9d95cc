import { Kind, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { createSchema } from '../../../src/graphql/create-schema.ts';
import { readExampleOperations } from '../../../src/http/example-operations.ts';

test('the example operations fit the schema, have names of their own, and say which variables they need', async () => {
  const schema = createSchema();
  const examples = await readExampleOperations();
  const errors = examples.flatMap(({ query }) => validate(schema, parse(query)));
  expect(errors.map(String)).toEqual([]);

  const names = examples
    .flatMap(({ query }) => parse(query).definitions)
    .map((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION ? definition.name?.value : undefined,
    );
  expect(names).toEqual([
    'OpenIncidents',
    'OneIncident',
    'CreateIncident',
    'AcknowledgeIncident',
    'AddNote',
    'Events',
    'EventLog',
    'Search',
  ]);
  expect(examples.map(({ variables }): unknown => JSON.parse(variables))).toEqual([
    {},
    { id: '' },
    { id: '' },
    {},
    {},
  ]);
  for (const { query } of examples) expect(query).toMatch(/^# \w/);
});
