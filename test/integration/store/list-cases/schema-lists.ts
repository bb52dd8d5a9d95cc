import { getNamedType, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import type { GraphQLArgument, GraphQLSchema } from 'graphql';

const PAGING = ['first', 'after', 'last', 'before'];

/** A list as the schema offers it. */
export interface SchemaList {
  field: string;
  /** The type of its items. */
  item: string;
  args: readonly GraphQLArgument[];
  /** All that it can be filtered by, by paths such as `filter.state`. */
  paths: string[];
  /** Empty where it has one order only. */
  orders: string[];
  hasTotal: boolean;
}

/** Every field that gives a connection. A field that a type has of an interface is the interface's. */
export function listsOf(schema: GraphQLSchema): SchemaList[] {
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (!isObjectType(type) && !isInterfaceType(type)) return [];
    const inherited = new Set(type.getInterfaces().flatMap((one) => Object.keys(one.getFields())));
    return Object.values(type.getFields()).flatMap((field): SchemaList[] => {
      const page = getNamedType(field.type);
      if (inherited.has(field.name) || !isObjectType(page) || !page.name.endsWith('Connection')) return [];
      return [
        {
          field: `${type.name}.${field.name}`,
          item: page.name.replace(/Connection$/, ''),
          args: field.args,
          paths: field.args.flatMap(pathsOf),
          orders: field.args.flatMap(({ name, type: order }) => {
            const values = getNamedType(order);
            return name === 'orderBy' && isEnumType(values) ? values.getValues().map((one) => one.name) : [];
          }),
          hasTotal: page.getFields()['totalCount'] !== undefined,
        },
      ];
    });
  });
}

function pathsOf({ name, type }: GraphQLArgument): string[] {
  if (name === 'orderBy' || PAGING.includes(name)) return [];
  const input = getNamedType(type);
  if (!isInputObjectType(input) || input.name === 'DateTimeRange') return [name];
  return Object.keys(input.getFields()).map((field) => `${name}.${field}`);
}
