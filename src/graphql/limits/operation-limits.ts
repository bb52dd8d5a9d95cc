import { GraphQLError } from 'graphql';
import type { ASTNode } from 'graphql';
import type { ErrorCode } from '../errors/coded-error.ts';

/** What an operation may be, over HTTP and WebSocket alike. Fragments count as often as they are spread. */
export const LIMITS = {
  tokens: 2_000,
  operations: 10,
  depth: 12,
  fields: 500,
  rootFields: 20,
  aliases: 30,
  directives: 50,
  cost: 10_000,
  /** Of bodies of webhooks: a hundred, as much of each as is read unless more is asked for. */
  bodyBytes: 8 * 1024 * 1024,
} as const;

/** Of the cost of a subscription, which is paid for each event. */
export const SUBSCRIPTION_COST = 1_000;

export type Limit = keyof typeof LIMITS;

const TOLD: Record<Limit, (actual: string) => string> = {
  tokens: (actual) => `The document has ${actual} tokens`,
  operations: (actual) => `The document holds ${actual} operations`,
  depth: (actual) => `The operation is nested ${actual} fields deep`,
  fields: (actual) => `The operation has ${actual} fields, fragments counted as often as they are spread`,
  rootFields: (actual) => `The operation asks for ${actual} fields of its root`,
  aliases: (actual) => `The operation has ${actual} aliases, fragments counted as often as they are spread`,
  directives: (actual) =>
    `The operation has ${actual} directives, fragments counted as often as they are spread`,
  cost: (actual) => `The operation counts as ${actual} items of lists`,
  bodyBytes: (actual) => `The operation reads ${actual} bytes of bodies of webhooks`,
};

/** The refusal of what is too large. `actual` null: it was not counted to its end. */
export function tooComplex(
  limit: Limit,
  actual: number | null,
  node?: ASTNode,
  maximum: number = LIMITS[limit],
): GraphQLError {
  const code: ErrorCode = 'TOO_COMPLEX';
  const counted = actual === null ? null : Math.min(actual, Number.MAX_SAFE_INTEGER);
  const told = TOLD[limit](counted === null ? 'too many' : counted.toLocaleString('en'));
  return new GraphQLError(`${told}; at most ${maximum.toLocaleString('en')} are allowed.`, {
    nodes: node ?? null,
    extensions: { limit, maximum, ...(counted !== null && { actual: counted }), code },
  });
}
