import { Kind } from 'graphql';
import type { DocumentNode, SelectionNode, SelectionSetNode } from 'graphql';
import { fragmentsOf } from './fragments-of.ts';

/** How large a selection is, fragments counted as often as they are spread. */
export interface Shape {
  /** Fields within fields, the outermost counted as 1. Introspection has a rule of its own in graphql-js. */
  depth: number;
  fields: number;
  /** Fields that lie side by side at the top. */
  rootFields: number;
  aliases: number;
  directives: number;
  /** Whether it asks what the schema holds. */
  introspects: boolean;
}

const NOTHING: Shape = {
  depth: 0,
  fields: 0,
  rootFields: 0,
  aliases: 0,
  directives: 0,
  introspects: false,
};

/**
 * Measures selections of a document that nothing is known of yet. Each fragment is looked at once, so the time is that of
 * the document as it is written, however large it would be with its fragments in place.
 */
export function createShapeMeter(document: DocumentNode): (set: SelectionSetNode) => Shape {
  const definitions = fragmentsOf(document);
  const known = new Map<string, Shape>();

  const shapeOf = ({ selections }: SelectionSetNode): Shape =>
    selections.map(shapeOfOne).reduce(add, NOTHING);

  const shapeOfOne = (selection: SelectionNode): Shape => {
    const inner = innerShape(selection);
    const directives = inner.directives + (selection.directives?.length ?? 0);
    if (selection.kind !== Kind.FIELD) return { ...inner, directives };
    const name = selection.name.value;
    return {
      depth: name.startsWith('__') ? 0 : 1 + inner.depth,
      fields: 1 + inner.fields,
      rootFields: 1,
      aliases: inner.aliases + (selection.alias ? 1 : 0),
      directives,
      introspects: inner.introspects || name === '__schema' || name === '__type',
    };
  };

  const innerShape = (selection: SelectionNode): Shape => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return shapeOfFragment(selection.name.value);
    return selection.selectionSet ? shapeOf(selection.selectionSet) : NOTHING;
  };

  const shapeOfFragment = (name: string): Shape => {
    const found = known.get(name);
    if (found) return found;
    // Stands while it is looked at, so that a cycle, which is an error of another rule, ends.
    known.set(name, NOTHING);
    const definition = definitions.get(name);
    const shape = definition ? shapeOf(definition.selectionSet) : NOTHING;
    known.set(name, shape);
    return shape;
  };

  return shapeOf;
}

function add(one: Shape, other: Shape): Shape {
  return {
    depth: Math.max(one.depth, other.depth),
    fields: one.fields + other.fields,
    rootFields: one.rootFields + other.rootFields,
    aliases: one.aliases + other.aliases,
    directives: one.directives + other.directives,
    introspects: one.introspects || other.introspects,
  };
}
