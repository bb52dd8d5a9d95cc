import { makeExecutableSchema } from '@graphql-tools/schema';
import { printSchema } from 'graphql';
import { enforceScopes } from '../src/graphql/access/enforce-scopes.ts';
import { readSdl } from '../src/graphql/read-sdl.ts';

/** The schema as clients see it, scopes included. Made without resolvers, which need not fit a schema in the making. */
export function printApi(): string {
  const schema = makeExecutableSchema({ typeDefs: readSdl() });
  enforceScopes(schema);
  return `${printSchema(schema)}\n`;
}
