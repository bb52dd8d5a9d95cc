import {
  GraphQLString,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isObjectType,
} from 'graphql';
import type { GraphQLField, GraphQLInputField, GraphQLNamedType } from 'graphql';

export type Field = GraphQLField<unknown, unknown>;

/** What a field counts for. */
export type FieldCost =
  /** A connection, whose page says how many items it has. Some conditions of its filter have a cost of their own. */
  | { kind: 'PAGE'; conditions: ReadonlyMap<string, number> }
  /** The items of a page, which were counted with it. */
  | { kind: 'ITEMS' }
  /** A list without pages. */
  | { kind: 'LIST'; size: number }
  /** A text of the object that it stands in. */
  | { kind: 'TEXT' }
  | { kind: 'ONE'; weight: number };

/** Nothing tells the length of a list without pages beforehand. */
const UNPAGED_SIZE = 10;
/** Counting reads up to 10,000 index keys: it weighs as much as the largest page. */
const COUNT_WEIGHT = 100;

/** Lists of introspection; what each type has of a kind is a few on an average. */
const INTROSPECTION_SIZES: Readonly<Record<string, number>> = { types: 200, fields: 4, directives: 10 };
const INTROSPECTION_SIZE = 1;

export function fieldOf(type: GraphQLNamedType, name: string): Field | undefined {
  if (name === '__schema') return SchemaMetaFieldDef;
  if (name === '__type') return TypeMetaFieldDef;
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
}

export type FieldCosts = (parent: GraphQLNamedType, field: Field) => FieldCost;

/** Each field is looked at once. */
export function createFieldCosts(): FieldCosts {
  const known = new WeakMap<Field, FieldCost>();
  return (parent, field) => {
    const found = known.get(field);
    if (found) return found;
    const cost = fieldCost(parent, field);
    known.set(field, cost);
    return cost;
  };
}

function fieldCost({ name: parent }: GraphQLNamedType, field: Field): FieldCost {
  const type = getNamedType(field.type);
  const isList = isListType(getNullableType(field.type));
  if (field.args.some(({ name }) => name === 'first')) {
    return { kind: 'PAGE', conditions: conditionCosts(field) };
  }
  if (parent.endsWith('Connection') && isList) return { kind: 'ITEMS' };
  if (parent.endsWith('Connection') && field.name === 'totalCount')
    return { kind: 'ONE', weight: COUNT_WEIGHT };
  const declared = declaredCost(field);
  if (declared === undefined && type === GraphQLString && field.args.length === 0) return { kind: 'TEXT' };
  if (!isCompositeType(type)) return { kind: 'ONE', weight: declared ?? 0 };
  if (isList) return { kind: 'LIST', size: listSize(parent, field) };
  const weight = declared ?? (isReadById(type) && !parent.endsWith('Edge') ? 1 : 0);
  return { kind: 'ONE', weight };
}

function listSize(parent: string, { name }: Field): number {
  return parent.startsWith('__') ? (INTROSPECTION_SIZES[name] ?? INTROSPECTION_SIZE) : UNPAGED_SIZE;
}

/** What has an id of its own is read for its own sake; the rest is part of what it stands in. */
function isReadById(type: GraphQLNamedType): boolean {
  return (isObjectType(type) || isInterfaceType(type)) && type.getFields()['id'] !== undefined;
}

function conditionCosts({ args }: Field): ReadonlyMap<string, number> {
  const filter = getNamedType(args.find(({ name }) => name === 'filter')?.type);
  if (!isInputObjectType(filter)) return new Map();
  return new Map(Object.values(filter.getFields()).map((one) => [one.name, declaredCost(one) ?? 0]));
}

function declaredCost({ astNode }: Field | GraphQLInputField): number | undefined {
  const directive = astNode?.directives?.find(({ name }) => name.value === 'cost');
  const value = directive?.arguments?.find(({ name }) => name.value === 'items')?.value;
  return value?.kind === Kind.INT ? Number(value.value) : undefined;
}
