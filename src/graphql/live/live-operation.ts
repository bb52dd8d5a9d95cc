import { createSourceEventStream, execute } from 'graphql';
import type { DocumentNode, ExecutionResult, GraphQLError, GraphQLSchema } from 'graphql';
import type { Principal } from '../../access/principal.ts';
import type { PresentError } from '../errors/error-presenter.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import { isLiveSource } from './live-source.ts';
import type { LiveRequest } from './live-source.ts';

/** A subscription that was parsed and found valid. */
export interface LiveOperation {
  document: DocumentNode;
  operationName: string | null;
  variables: Readonly<Record<string, unknown>> | null;
  principal: Principal;
}

export interface LiveExecutionDeps {
  schema: GraphQLSchema;
  contextFor: (principal: Principal) => GraphqlContext;
  present: PresentError;
}

/** What the operation asks to follow, or why it cannot: arguments that are wrong only now that variables are known. */
export async function readRequest(
  { schema, contextFor }: LiveExecutionDeps,
  operation: LiveOperation,
): Promise<LiveRequest | readonly GraphQLError[]> {
  const { principal, ...args } = toArgs(operation);
  const source = await createSourceEventStream({ schema, ...args, contextValue: contextFor(principal) });
  if (isLiveSource(source)) return source.request;
  return 'errors' in source && source.errors ? source.errors : [];
}

/** Executes the operation for one value and writes the result as JSON. */
export async function executeToText(
  { schema, contextFor, present }: LiveExecutionDeps,
  operation: LiveOperation,
  rootValue: unknown,
): Promise<string> {
  const { principal, ...args } = toArgs(operation);
  try {
    const result = await execute({ schema, ...args, rootValue, contextValue: contextFor(principal) });
    return JSON.stringify(presented(result, present));
  } catch (error) {
    return JSON.stringify({ errors: [present(error)] });
  }
}

function toArgs({ document, operationName, variables, principal }: LiveOperation) {
  return { document, operationName, variableValues: variables, principal };
}

function presented(result: ExecutionResult, present: PresentError) {
  return result.errors ? { ...result, errors: result.errors.map((error) => present(error)) } : result;
}
