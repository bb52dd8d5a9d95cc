import { GraphQLError, getOperationAST, parse, specifiedRules, validate } from 'graphql';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { codedError } from '../errors/coded-error.ts';
import { LIMIT_RULES, MAX_TOKENS } from '../limits/operation-limits.ts';

/** What a client sends to begin an operation over WebSocket. */
export interface SubscribePayload {
  query: string;
  operationName?: string | null | undefined;
}

/** A valid document, or why the operation cannot run. */
export type CheckedSubscription = { document: DocumentNode } | { errors: readonly GraphQLError[] };

export type CheckSubscription = (payload: SubscribePayload) => CheckedSubscription;

const MAX_REMEMBERED = 500;
const MAX_REMEMBERED_LENGTH = 16_384;
const RULES = [...specifiedRules, ...LIMIT_RULES];

/**
 * Parses and validates, and remembers the newest documents: a thousand dashboards send the same few. Only subscriptions
 * pass, since queries and mutations have their place at HTTP.
 */
export function createSubscriptionCheck(schema: GraphQLSchema): CheckSubscription {
  const remembered = new Map<string, CheckedSubscription>();

  const checkText = (query: string): CheckedSubscription => {
    const known = remembered.get(query);
    const checked = known ?? parseAndValidate(schema, query);
    if (query.length > MAX_REMEMBERED_LENGTH) return checked;
    // Put behind all others, so that the one in front is the one that was not asked for longest.
    remembered.delete(query);
    remembered.set(query, checked);
    const [oldest] = remembered.keys();
    if (remembered.size > MAX_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
    return checked;
  };

  return ({ query, operationName }) => {
    const checked = checkText(query);
    if ('errors' in checked) return checked;
    const operation = getOperationAST(checked.document, operationName);
    if (!operation) return refuse('BAD_USER_INPUT', 'operationName must name the operation to run.');
    if (operation.operation === 'subscription') return checked;
    const message = `A ${operation.operation} is answered at POST /graphql; over WebSocket only subscriptions are.`;
    return refuse('SUBSCRIPTIONS_ONLY', message);
  };
}

function parseAndValidate(schema: GraphQLSchema, query: string): CheckedSubscription {
  let document: DocumentNode;
  try {
    document = parse(query, { maxTokens: MAX_TOKENS });
  } catch (error) {
    return refuse(
      'GRAPHQL_PARSE_FAILED',
      error instanceof Error ? error.message : 'The document is malformed.',
    );
  }
  const errors = validate(schema, document, RULES);
  return errors.length === 0 ? { document } : { errors: errors.map(invalid) };
}

function invalid({ message, nodes }: GraphQLError): GraphQLError {
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
  });
}

function refuse(code: Parameters<typeof codedError>[0], message: string): CheckedSubscription {
  return { errors: [codedError(code, message)] };
}
