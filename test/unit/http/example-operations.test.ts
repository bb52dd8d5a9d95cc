import { Kind, parse } from 'graphql';
import { expect, test } from 'vitest';
import { createSchema } from '../../../src/graphql/create-schema.ts';
import { createDocumentCheck } from '../../../src/graphql/limits/check-document.ts';
import { createOperationCheck } from '../../../src/graphql/limits/check-operation.ts';
import { readExampleOperations } from '../../../src/http/example-operations.ts';

function operationNames(query: string): string[] {
  return parse(query).definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? (definition.name?.value ?? 'nameless') : [],
  );
}

test('the example operations fit the schema and its limits, each by its own name', async () => {
  const schema = createSchema();
  const documents = createDocumentCheck(schema, true);
  const checkOperation = createOperationCheck(schema);
  const examples = await readExampleOperations();
  for (const { query, variables } of examples) {
    const document = parse(query);
    expect(documents.check(query)).toEqual({ document: expect.anything() });
    for (const operationName of operationNames(query)) {
      const asked = { document, operationName, variables: JSON.parse(variables) };
      expect(checkOperation(asked)).toEqual({ operation: expect.anything() });
    }
  }
  expect(examples.flatMap(({ query }) => operationNames(query))).toEqual([
    'OpenIncidents',
    'OneIncident',
    'CreateIncident',
    'AcknowledgeIncident',
    'AddNote',
    'Events',
    'EventLog',
    'Search',
  ]);
});

test('each begins with what to do, and comes with the variables that it needs', async () => {
  const examples = await readExampleOperations();
  for (const { query } of examples) expect(query).toMatch(/^# \w/);
  expect(examples.map(({ variables }): unknown => JSON.parse(variables))).toEqual([
    {},
    { id: '' },
    { id: '' },
    {},
    {},
  ]);
});
