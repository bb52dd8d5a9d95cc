import { Kind } from 'graphql';
import type { FieldNode, GraphQLResolveInfo } from 'graphql';

/** The part of `info` that says what is selected. */
export type Selection = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>;

/** By the field's place in its document: documents are kept, so each is looked through once. */
const known = new WeakMap<FieldNode, ReadonlySet<string>>();

/**
 * Names of the fields that are selected of the items of a connection, through `nodes` and `edges` alike. Directives are
 * not looked at, so it may hold more than is shown, and never less.
 */
export function selectedFields({ fieldNodes, fragments }: Selection): ReadonlySet<string> {
  const [first, ...others] = fieldNodes;
  // A field that stands several times may be skipped here and there: only each place by itself is always the same.
  if (first === undefined || others.length > 0) {
    return new Set(fieldNodes.flatMap((node) => [...selectedAt(node, fragments)]));
  }
  return selectedAt(first, fragments);
}

function selectedAt(list: FieldNode, fragments: Selection['fragments']): ReadonlySet<string> {
  const before = known.get(list);
  if (before !== undefined) return before;
  const below = (fields: readonly FieldNode[], name: string): FieldNode[] =>
    childrenOf(fields, fragments).filter((field) => field.name.value === name);
  const items = [...below([list], 'nodes'), ...below(below([list], 'edges'), 'node')];
  const names = new Set(childrenOf(items, fragments).map(({ name }) => name.value));
  known.set(list, names);
  return names;
}

/** The fields directly below, whichever fragments they stand in. */
function childrenOf(fields: readonly FieldNode[], fragments: Selection['fragments']): FieldNode[] {
  const found: FieldNode[] = [];
  const seen = new Set<string>();
  const sets = fields.flatMap(({ selectionSet }) => selectionSet ?? []);
  for (let set = sets.pop(); set !== undefined; set = sets.pop()) {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        found.push(selection);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        sets.push(selection.selectionSet);
      } else if (!seen.has(selection.name.value)) {
        seen.add(selection.name.value);
        const fragment = fragments[selection.name.value];
        if (fragment !== undefined) sets.push(fragment.selectionSet);
      }
    }
  }
  return found;
}
