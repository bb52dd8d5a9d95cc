import { Kind } from 'graphql';
import type { ArgumentNode, DirectiveNode, OperationDefinitionNode, ValueNode } from 'graphql';

/** Reads the values of one operation as it will run. Variables are as they came: of any type, or missing. */
export interface OperationValues {
  /** Undefined where it is not given; null where it is given as null. */
  argument(of: { arguments?: readonly ArgumentNode[] | undefined }, name: string): unknown;
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

  const valueOf = (node: ValueNode): unknown => {
    if (node.kind === Kind.INT) return Number(node.value);
    if (node.kind === Kind.BOOLEAN) return node.value;
    if (node.kind === Kind.NULL) return null;
    if (node.kind !== Kind.VARIABLE) return node;
    const name = node.name.value;
    if (Object.hasOwn(variables, name) && variables[name] !== undefined) return variables[name];
    const fallback = defaults.get(name);
    return fallback ? valueOf(fallback) : undefined;
  };

  const argument: OperationValues['argument'] = (of, name) => {
    const given = of.arguments?.find((one) => one.name.value === name);
    return given && valueOf(given.value);
  };

  return {
    argument,
    isLeftOut: ({ directives = [] }) =>
      directives.some((directive) => {
        const { value } = directive.name;
        if (value !== 'skip' && value !== 'include') return false;
        return argument(directive, 'if') === (value === 'skip');
      }),
  };
}
