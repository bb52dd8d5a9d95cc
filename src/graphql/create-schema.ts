import { readFileSync, readdirSync } from 'node:fs';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { isScalarType } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { enforceScopes } from './access/enforce-scopes.ts';
import { resolvers } from './resolvers.ts';

/** Lies beside `src` and `dist`, so it is found from either. */
const SDL_FOLDER = new URL('../../schema/', import.meta.url);

export function createSchema(): GraphQLSchema {
  const schema = makeExecutableSchema({ typeDefs: readSdl(), resolvers });
  for (const type of Object.values(schema.getTypeMap())) {
    // A scalar made in code has replaced the one of the SDL, and its description with it.
    if (isScalarType(type)) type.description ??= type.astNode?.description?.value;
  }
  enforceScopes(schema);
  return schema;
}

function readSdl(): string[] {
  return readdirSync(SDL_FOLDER)
    .filter((name) => name.endsWith('.graphql'))
    .sort()
    .map((name) => readFileSync(new URL(name, SDL_FOLDER), 'utf8'));
}
