import { Kind, getNamedType } from 'graphql';
import type {
  DocumentNode,
  FieldNode,
  GraphQLNamedType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';
import { fragmentsOf } from './fragments-of.ts';
import { createFieldCosts, fieldOf } from './field-cost.ts';
import type { Field, FieldCosts } from './field-cost.ts';
import { createOperationValues } from './operation-values.ts';
import type { OperationValues } from './operation-values.ts';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from './page-size.ts';

export interface CostedOperation {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Readonly<Record<string, unknown>>;
}

/** What a selection counts: for the object that it is made on, and for each item of its page where that is a connection. */
interface Cost {
  own: number;
  perItem: number;
}

const FREE: Cost = { own: 0, perItem: 0 };
/** Texts are up to 64 KB long: whoever has one sent again and again under other names pays for each. */
const REPEATED_TEXT: Cost = { own: 10, perItem: 0 };

export type OperationCost = (operation: CostedOperation) => number;

/** Each page is a query to the database, which costs as much as so many items do. */
const QUERY_WEIGHT = 10;

/**
 * How many items of lists a valid operation may read at most, told from the document and its variables: each list counts
 * its page and its query, times the pages that it stands within. Each fragment is looked at once, however often it is
 * spread.
 */
export function createOperationCost(schema: GraphQLSchema): OperationCost {
  const fieldCosts = createFieldCosts();
  return ({ document, operation, variables }) => {
    const root = schema.getRootType(operation.operation);
    const values = createOperationValues(operation, variables);
    return createCostMeter({ schema, fieldCosts, document, values })(
      root ?? undefined,
      operation.selectionSet,
    ).own;
  };
}

function createCostMeter({
  schema,
  fieldCosts,
  document,
  values,
}: {
  schema: GraphQLSchema;
  fieldCosts: FieldCosts;
  document: DocumentNode;
  values: OperationValues;
}) {
  const fragments = fragmentsOf(document);
  const known = new Map<string, Cost>();
  /** Under which name an operation asks first for a text. */
  const firstNames = new Map<Field, string>();

  const costOf = (type: GraphQLNamedType | undefined, { selections }: SelectionSetNode): Cost => {
    if (!type) return FREE;
    let [own, perItem] = [0, 0];
    for (const selection of selections) {
      if (values.isLeftOut(selection)) continue;
      const cost = costOfOne(type, selection);
      own += cost.own;
      perItem += cost.perItem;
    }
    return { own, perItem };
  };

  const costOfOne = (type: GraphQLNamedType, selection: SelectionNode): Cost => {
    if (selection.kind === Kind.FIELD) return costOfField(type, selection);
    if (selection.kind === Kind.FRAGMENT_SPREAD) return costOfFragment(selection.name.value);
    const named = selection.typeCondition?.name.value;
    return costOf(named === undefined ? type : schema.getType(named), selection.selectionSet);
  };

  const costOfFragment = (name: string): Cost => {
    const found = known.get(name);
    if (found) return found;
    const definition = fragments.get(name);
    if (!definition) return FREE;
    const cost = costOf(schema.getType(definition.typeCondition.name.value), definition.selectionSet);
    known.set(name, cost);
    return cost;
  };

  const costOfField = (parent: GraphQLNamedType, node: FieldNode): Cost => {
    const field = fieldOf(parent, node.name.value);
    if (!field) return FREE;
    const below = node.selectionSet ? costOf(getNamedType(field.type), node.selectionSet) : FREE;
    const cost = fieldCosts(parent, field);
    if (cost.kind === 'TEXT') return costOfText(field, node);
    if (cost.kind === 'ITEMS') return { own: 0, perItem: below.own };
    if (cost.kind === 'ONE') return { own: cost.weight + below.own, perItem: 0 };
    if (cost.kind === 'LIST') return { own: cost.size * (1 + below.own), perItem: 0 };
    const size = pageSize(values, node);
    const query = QUERY_WEIGHT + filterWeight(cost.conditions, values, node);
    return { own: below.own + query + size * (1 + below.perItem), perItem: 0 };
  };

  const costOfText = (field: Field, { alias, name }: FieldNode): Cost => {
    const shownAs = (alias ?? name).value;
    const first = firstNames.get(field);
    if (first === undefined) firstNames.set(field, shownAs);
    return first === undefined || first === shownAs ? FREE : REPEATED_TEXT;
  };

  return costOf;
}

/** The dearest condition: the rows that one passes over are passed over once for all of them. */
function filterWeight(
  conditions: ReadonlyMap<string, number>,
  values: OperationValues,
  node: FieldNode,
): number {
  return values.fieldsOf(node, 'filter').reduce((most, name) => Math.max(most, conditions.get(name) ?? 0), 0);
}

/** As the list itself reads its arguments, or the most where it will refuse them. */
function pageSize(values: OperationValues, node: FieldNode): number {
  const given = values.argument(node, 'first') ?? values.argument(node, 'last') ?? DEFAULT_PAGE_SIZE;
  const isSize = typeof given === 'number' && given >= 0 && given <= MAX_PAGE_SIZE;
  return isSize ? given : MAX_PAGE_SIZE;
}
