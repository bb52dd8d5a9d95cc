import type { DocumentNode, GraphQLError } from 'graphql';
import { codedError } from '../errors/coded-error.ts';
import type { DocumentCheck } from '../limits/check-document.ts';
import type { CheckOperation } from '../limits/check-operation.ts';

/** What a client sends to begin an operation over WebSocket. */
export interface SubscribePayload {
  query: string;
  operationName?: string | null | undefined;
  variables?: Readonly<Record<string, unknown>> | null | undefined;
}

export type CheckSubscription = (
  payload: SubscribePayload,
) => { document: DocumentNode } | { errors: readonly GraphQLError[] };

/** Lets only subscriptions pass, since queries and mutations have their place at HTTP. */
export function createSubscriptionCheck(
  documents: Pick<DocumentCheck, 'check'>,
  checkOperation: CheckOperation,
): CheckSubscription {
  return ({ query, operationName, variables }) => {
    const checked = documents.check(query);
    if ('errors' in checked) return checked;
    const asked = checkOperation({ document: checked.document, operationName, variables });
    if ('error' in asked) return { errors: [asked.error] };
    const kind = asked.operation.operation;
    if (kind === 'subscription') return checked;
    const message = `A ${kind} is answered at POST /graphql; over WebSocket only subscriptions are.`;
    return { errors: [codedError('SUBSCRIPTIONS_ONLY', message)] };
  };
}
