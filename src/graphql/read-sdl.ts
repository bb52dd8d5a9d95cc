import { readFileSync, readdirSync } from 'node:fs';

/** Lies beside `src` and `dist`, so it is found from either. */
const SDL_FOLDER = new URL('../../schema/', import.meta.url);

/** The whole schema as clients see it, made of the other files by `npm run codegen`. */
export const PRINTED_SCHEMA = 'schema.graphql';

/** The schema as it is written: a text for each topic. */
export function readSdl(): string[] {
  return readdirSync(SDL_FOLDER)
    .filter((name) => name.endsWith('.graphql') && name !== PRINTED_SCHEMA)
    .sort()
    .map((name) => readFileSync(new URL(name, SDL_FOLDER), 'utf8'));
}
