import { createSourceEventStream, execute } from 'graphql';
import type { DocumentNode, ExecutionResult, GraphQLError, GraphQLSchema } from 'graphql';
import type { Principal } from '../../access/principal.ts';
import type { Gate } from '../../kernel/gate.ts';
import { limitTime } from '../../kernel/limit-time.ts';
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
  contextFor: (principal: Principal, signal: AbortSignal) => GraphqlContext;
  present: PresentError;
  /** How long one execution may take. */
  timeoutMs: number;
}

/** What the operation asks to follow, or why it cannot: arguments that are wrong only now that variables are known. */
export async function readRequest(
  { schema, contextFor, timeoutMs }: LiveExecutionDeps,
  operation: LiveOperation,
): Promise<LiveRequest | readonly GraphQLError[]> {
  const { principal, ...args } = toArgs(operation);
  const outcome = await limitTime({
    ms: timeoutMs,
    work: (signal) =>
      createSourceEventStream({ schema, ...args, contextValue: contextFor(principal, signal) }),
  });
  if ('ended' in outcome) throw outcome.ended;
  const source = outcome.result;
  if (isLiveSource(source)) return source.request;
  return 'errors' in source && source.errors ? source.errors : [];
}

const AT_ONCE: Gate = (work) => work();
const FOR_NOBODY = '';

/**
 * Executes the operation for one value and writes the result as JSON, for all who ask for the same. It is ended once
 * they are `gone`, and not begun at all where they are so before its turn.
 */
export async function executeToText(
  { schema, contextFor, present, timeoutMs }: LiveExecutionDeps,
  operation: LiveOperation,
  rootValue: unknown,
  { gone, gate = AT_ONCE }: { gone: AbortSignal; gate?: Gate },
): Promise<string> {
  const { principal, ...args } = toArgs(operation);
  try {
    const work = async (signal: AbortSignal) =>
      execute({ schema, ...args, rootValue, contextValue: contextFor(principal, signal) });
    const outcome = await gate(() => limitTime({ ms: timeoutMs, gone, work }), gone);
    if (gone.aborted) return FOR_NOBODY;
    if ('ended' in outcome) throw outcome.ended;
    return JSON.stringify(presented(outcome.result, present));
  } catch (error) {
    if (gone.aborted) return FOR_NOBODY;
    return JSON.stringify({ errors: [present(error)] });
  }
}

function toArgs({ document, operationName, variables, principal }: LiveOperation) {
  return { document, operationName, variableValues: variables, principal };
}

function presented(result: ExecutionResult, present: PresentError) {
  return result.errors ? { ...result, errors: result.errors.map((error) => present(error)) } : result;
}
