import { getOperationAST } from 'graphql';
import type { DocumentNode, GraphQLError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { codedError } from '../errors/coded-error.ts';
import { createOperationCost } from './operation-cost.ts';
import { LIMITS, SUBSCRIPTION_COST, tooComplex } from './operation-limits.ts';

export interface AskedOperation {
  document: DocumentNode;
  operationName: string | null | undefined;
  variables: Readonly<Record<string, unknown>> | null | undefined;
}

/** Which operation of a valid document is to run, or why it may not. */
export type CheckedOperation = { operation: OperationDefinitionNode } | { error: GraphQLError };

export type CheckOperation = (asked: AskedOperation) => CheckedOperation;

/** What its variables decide, so that it is looked at each time. */
export function createOperationCheck(schema: GraphQLSchema): CheckOperation {
  const operationCost = createOperationCost(schema);
  return ({ document, operationName, variables }) => {
    const operation = getOperationAST(document, operationName);
    if (!operation) {
      return { error: codedError('BAD_USER_INPUT', 'operationName must name the operation to run.') };
    }
    const cost = operationCost({ document, operation, variables: variables ?? {} });
    const maximum = operation.operation === 'subscription' ? SUBSCRIPTION_COST : LIMITS.cost;
    return cost > maximum ? { error: tooComplex('cost', cost, operation, maximum) } : { operation };
  };
}
