import { Kind, getOperationAST, getVariableValues, print, separateOperations, visit } from 'graphql';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode, SelectionNode } from 'graphql';
import type { LiveOperation } from './live-operation.ts';

/** What an operation asks, without its name, its comments, and where in the events it begins. */
interface Asked {
  text: string;
  operation: OperationDefinitionNode;
}

/**
 * Equal for operations that give the same results to the same people, wherever in the events they begin: the same
 * document however it is written, the same values with defaults filled in, the same rights.
 */
export function createShareKey(schema: GraphQLSchema): (operation: LiveOperation) => string {
  const known = new WeakMap<OperationDefinitionNode, Asked>();

  const askedBy = (document: DocumentNode, given: OperationDefinitionNode): Asked => {
    const asked = known.get(given) ?? normalise(document, given);
    known.set(given, asked);
    return asked;
  };

  return ({ document, operationName, variables, principal }) => {
    const given = getOperationAST(document, operationName);
    if (!given) throw new Error('an operation that was not checked');
    const { text, operation } = askedBy(document, given);
    const raw = { ...variables };
    const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], raw);
    return JSON.stringify([text, coerced ?? raw, [...principal.scopes].sort()]);
  };
}

function normalise(document: DocumentNode, given: OperationDefinitionNode): Asked {
  const { name, selectionSet, ...rest } = given;
  const alone = separateOperations(document)[name?.value ?? ''] ?? document;
  const fragments = alone.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  const selections = selectionSet.selections.map(withoutBegin);
  const beginless = { ...rest, selectionSet: { ...selectionSet, selections } };
  const used = usedVariables({ ...alone, definitions: [beginless, ...fragments] });
  const operation = {
    ...beginless,
    variableDefinitions: (given.variableDefinitions ?? []).filter(({ variable }) =>
      used.has(variable.name.value),
    ),
  };
  return { text: print({ ...alone, definitions: [operation, ...fragments] }), operation };
}

/** Only where to begin: results do not depend on it. */
function withoutBegin(root: SelectionNode): SelectionNode {
  if (root.kind !== Kind.FIELD) return root;
  return { ...root, arguments: (root.arguments ?? []).filter(({ name }) => name.value !== 'after') };
}

function usedVariables(document: DocumentNode): Set<string> {
  const used = new Set<string>();
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void used.add(name.value),
  });
  return used;
}
