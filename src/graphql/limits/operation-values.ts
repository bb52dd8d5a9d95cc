import { Kind } from 'graphql';
import type { ArgumentNode, DirectiveNode, OperationDefinitionNode, ValueNode } from 'graphql';

/** Reads the values of one operation as it will run. Variables are as they came: of any type, or missing. */
export interface OperationValues {
  /** Undefined where it is not given; null where it is given as null. */
  argument(of: { arguments?: readonly ArgumentNode[] | undefined }, name: string): unknown;
  /** The names of what an argument that is an object holds, but for nulls. */
  fieldsOf(of: { arguments?: readonly ArgumentNode[] | undefined }, name: string): string[];
  /** Whether `@skip` or `@include` leave it out. */
  isLeftOut(of: { directives?: readonly DirectiveNode[] | undefined }): boolean;
}

export function createOperationValues(
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): OperationValues {
  const defaults = new Map(
    variableDefinitions.map(({ variable, defaultValue }) => [variable.name.value, defaultValue]),
  );

  /** A literal, or what came for the variable. */
  const resolve = (node: ValueNode): { literal: ValueNode } | { came: unknown } => {
    if (node.kind !== Kind.VARIABLE) return { literal: node };
    const name = node.name.value;
    if (Object.hasOwn(variables, name) && variables[name] !== undefined) return { came: variables[name] };
    const fallback = defaults.get(name);
    return fallback ? { literal: fallback } : { came: undefined };
  };

  const valueOf = (node: ValueNode): unknown => {
    const resolved = resolve(node);
    if ('came' in resolved) return resolved.came;
    const { literal } = resolved;
    if (literal.kind === Kind.INT) return Number(literal.value);
    if (literal.kind === Kind.BOOLEAN) return literal.value;
    return literal.kind === Kind.NULL ? null : literal;
  };

  const argument: OperationValues['argument'] = (of, name) => {
    const given = of.arguments?.find((one) => one.name.value === name);
    return given && valueOf(given.value);
  };

  const fieldsOf: OperationValues['fieldsOf'] = (of, name) => {
    const given = of.arguments?.find((one) => one.name.value === name);
    if (!given) return [];
    const resolved = resolve(given.value);
    const fields = 'came' in resolved ? entriesOf(resolved.came) : literalsOf(resolved.literal, valueOf);
    return fields.flatMap(([field, value]) => (value === null || value === undefined ? [] : [field]));
  };

  return {
    argument,
    fieldsOf,
    isLeftOut: ({ directives = [] }) =>
      directives.some((directive) => {
        const { value } = directive.name;
        if (value !== 'skip' && value !== 'include') return false;
        return argument(directive, 'if') === (value === 'skip');
      }),
  };
}

function entriesOf(came: unknown): [string, unknown][] {
  return typeof came === 'object' && came !== null ? Object.entries(came) : [];
}

function literalsOf(literal: ValueNode, valueOf: (node: ValueNode) => unknown): [string, unknown][] {
  if (literal.kind !== Kind.OBJECT) return [];
  return literal.fields.map(({ name, value }) => [name.value, valueOf(value)]);
}
