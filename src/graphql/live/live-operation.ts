import { Kind, createSourceEventStream, execute, visit } from 'graphql';
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

/** Equal for operations that give the same results to the same people, wherever in the events they begin. */
export function shareKey({ document, operationName, variables, principal }: LiveOperation): string {
  const begin = beginVariable(document);
  const others = Object.entries(variables ?? {}).filter(([name]) => name !== begin);
  return JSON.stringify([document.loc?.source.body, operationName, others.sort(byName), principal.scopes]);
}

function toArgs({ document, operationName, variables, principal }: LiveOperation) {
  return { document, operationName, variableValues: variables, principal };
}

function presented(result: ExecutionResult, present: PresentError) {
  return result.errors ? { ...result, errors: result.errors.map((error) => present(error)) } : result;
}

/** The variable that says where to begin, unless something else depends on it too. */
function beginVariable(document: DocumentNode): string | null {
  const operations = document.definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  const roots = operations.flatMap(({ selectionSet }) => selectionSet.selections);
  const begin = roots
    .flatMap((root) => (root.kind === Kind.FIELD ? (root.arguments ?? []) : []))
    .find(({ name, value }) => name.value === 'after' && value.kind === Kind.VARIABLE)?.value;
  if (begin?.kind !== Kind.VARIABLE) return null;
  let uses = 0;
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void (uses += name.value === begin.name.value ? 1 : 0),
  });
  return uses === 1 ? begin.name.value : null;
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
