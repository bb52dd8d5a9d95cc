import { makeExecutableSchema } from '@graphql-tools/schema';
import { isScalarType } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { enforceScopes } from './access/enforce-scopes.ts';
import { readSdl } from './read-sdl.ts';
import { resolvers } from './resolvers.ts';

export function createSchema(): GraphQLSchema {
  const schema = makeExecutableSchema({ typeDefs: readSdl(), resolvers });
  for (const type of Object.values(schema.getTypeMap())) {
    // A scalar made in code has replaced the one of the SDL, and its description with it.
    if (isScalarType(type)) type.description ??= type.astNode?.description?.value;
  }
  enforceScopes(schema);
  return schema;
}
