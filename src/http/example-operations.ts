import { readFile, readdir } from 'node:fs/promises';
import { Kind, parse } from 'graphql';

/** Lies beside `src` and `dist`, so it is found from either. */
const FOLDER = new URL('../../examples/operations/', import.meta.url);

export interface ExampleOperation {
  /** A document, which may have several operations. */
  query: string;
  /** JSON with an empty text for each variable that must be given. */
  variables: string;
}

/** In the order of their files' names. */
export async function readExampleOperations(): Promise<ExampleOperation[]> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.graphql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const query = await readFile(new URL(name, FOLDER), 'utf8');
      return { query, variables: emptyVariables(query) };
    }),
  );
}

function emptyVariables(query: string): string {
  const needed = parse(query).definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? (definition.variableDefinitions ?? []).filter(
          ({ type, defaultValue }) => type.kind === Kind.NON_NULL_TYPE && defaultValue === undefined,
        )
      : [],
  );
  const empty = Object.fromEntries(needed.map(({ variable }) => [variable.name.value, '']));
  return JSON.stringify(empty, null, 2);
}
