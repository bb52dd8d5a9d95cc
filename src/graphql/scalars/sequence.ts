import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

export const sequence = new GraphQLScalarType<number, unknown>({
  name: 'Sequence',
  serialize: (value) => value,
  parseValue: parse,
  parseLiteral(node) {
    if (node.kind !== Kind.INT) throw new GraphQLError('A Sequence is an integer.', { nodes: node });
    return parse(Number(node.value));
  },
});

function parse(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new GraphQLError('A Sequence is a safe integer from 0 up.');
  }
  return value;
}
