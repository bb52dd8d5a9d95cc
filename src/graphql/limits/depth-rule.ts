import { GraphQLError, Kind } from 'graphql';
import type {
  ASTVisitor,
  FragmentDefinitionNode,
  OperationDefinitionNode,
  SelectionSetNode,
  ValidationContext,
} from 'graphql';

/** Fields within fields, the outermost counted as 1. */
export const MAX_DEPTH = 12;

/** Refuses operations that are nested deeper. Introspection has a rule of its own in graphql-js. */
export function depthRule(context: ValidationContext): ASTVisitor {
  /** Depth below a fragment; null while it is looked at, so that a cycle (an error of another rule) ends. */
  const fragments = new Map<FragmentDefinitionNode, number | null>();

  const depthOf = ({ selections }: SelectionSetNode): number => {
    let deepest = 0;
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        if (selection.name.value.startsWith('__')) continue;
        deepest = Math.max(deepest, 1 + (selection.selectionSet ? depthOf(selection.selectionSet) : 0));
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        deepest = Math.max(deepest, depthOf(selection.selectionSet));
      } else {
        deepest = Math.max(deepest, depthOfFragment(context.getFragment(selection.name.value)));
      }
    }
    return deepest;
  };

  const depthOfFragment = (fragment: FragmentDefinitionNode | null | undefined): number => {
    if (!fragment) return 0;
    const known = fragments.get(fragment);
    if (known !== undefined) return known ?? 0;
    fragments.set(fragment, null);
    const depth = depthOf(fragment.selectionSet);
    fragments.set(fragment, depth);
    return depth;
  };

  return {
    OperationDefinition(node: OperationDefinitionNode) {
      const depth = depthOf(node.selectionSet);
      if (depth <= MAX_DEPTH) return;
      context.reportError(
        new GraphQLError(`The operation is nested ${depth} fields deep; at most ${MAX_DEPTH} are allowed.`, {
          nodes: node,
        }),
      );
    },
  };
}
