import { existsSync, readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { z } from 'zod';
import { findBreaks } from './find-breaks.ts';

const PRINTED = new URL('../schema/schema.graphql', import.meta.url);
const DECLARED = new URL('../schema/breaking-changes.json', import.meta.url);

const declarations = z.array(z.strictObject({ change: z.string(), reason: z.string().trim().min(1) }));

/** Throws where a schema, in print, breaks with schema/schema.graphql in a way that nobody has declared. */
export function refuseUndeclaredBreaks(printed: string): void {
  if (!existsSync(PRINTED)) return;
  const declared = declarations.parse(JSON.parse(readFileSync(DECLARED, 'utf8')));
  const known = new Set(declared.map(({ change }) => change));
  const breaks = findBreaks(buildSchema(readFileSync(PRINTED, 'utf8')), buildSchema(printed));
  const undeclared = breaks.filter((change) => !known.has(change));
  if (undeclared.length > 0) throw new Error(refusal(undeclared));
}

function refusal(breaks: readonly string[]): string {
  return [
    'These changes break clients that were written for schema/schema.graphql as it stands:',
    ...breaks.map((change) => `  ${JSON.stringify({ change, reason: '' })}`),
    'Leave what is to go and mark it as @deprecated; or add the lines above to schema/breaking-changes.json, each with',
    'its reason. Where schema/schema.graphql was never committed in this form, put it back to what was committed.',
  ].join('\n');
}
