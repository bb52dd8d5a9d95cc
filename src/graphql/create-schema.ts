import { readFileSync, readdirSync } from 'node:fs';
import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLSchema } from 'graphql';
import { resolvers } from './resolvers.ts';

/** Lies beside `src` and `dist`, so it is found from either. */
const SDL_FOLDER = new URL('../../schema/', import.meta.url);

export function createSchema(): GraphQLSchema {
  return makeExecutableSchema({ typeDefs: readSdl(), resolvers });
}

function readSdl(): string[] {
  return readdirSync(SDL_FOLDER)
    .filter((name) => name.endsWith('.graphql'))
    .sort()
    .map((name) => readFileSync(new URL(name, SDL_FOLDER), 'utf8'));
}
