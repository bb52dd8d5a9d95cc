import { Kind } from 'graphql';
import type { DocumentNode, ExecutableDefinitionNode, GraphQLError } from 'graphql';
import { codedError } from '../errors/coded-error.ts';
import { createShapeMeter } from './document-shape.ts';
import { LIMITS, tooComplex } from './operation-limits.ts';

const INTROSPECTION_OFF =
  'Introspection is switched off here (GRAPHQL_INTROSPECTION): the schema is printed in schema/schema.graphql of OpsLens.';

const OF_FRAGMENTS = ['fields', 'aliases', 'directives'] as const;
const OF_OPERATIONS = [...OF_FRAGMENTS, 'depth', 'rootFields'] as const;

/** Why a document is not looked at further: it is too large, or asks for the schema where that is not told. */
export function refuseShape(
  document: DocumentNode,
  { introspection }: { introspection: boolean },
): GraphQLError | null {
  const definitions = document.definitions.filter(isExecutable);
  const operations = definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operations.length > LIMITS.operations) return tooComplex('operations', operations.length);
  const shapeOf = createShapeMeter(document);
  // Fragments too: those that no operation spreads are validated as well.
  for (const definition of definitions) {
    const shape = shapeOf(definition.selectionSet);
    const measured = { ...shape, directives: shape.directives + ownDirectives(definition) };
    const limits = definition.kind === Kind.OPERATION_DEFINITION ? OF_OPERATIONS : OF_FRAGMENTS;
    const exceeded = limits.find((limit) => measured[limit] > LIMITS[limit]);
    if (exceeded) return tooComplex(exceeded, measured[exceeded], definition);
    if (shape.introspects && !introspection) return codedError('INTROSPECTION_DISABLED', INTROSPECTION_OFF);
  }
  return null;
}

function isExecutable(
  definition: DocumentNode['definitions'][number],
): definition is ExecutableDefinitionNode {
  return definition.kind === Kind.OPERATION_DEFINITION || definition.kind === Kind.FRAGMENT_DEFINITION;
}

function ownDirectives({ directives = [], variableDefinitions = [] }: ExecutableDefinitionNode): number {
  return variableDefinitions.reduce(
    (sum, variable) => sum + (variable.directives?.length ?? 0),
    directives.length,
  );
}
