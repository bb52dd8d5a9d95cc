import {
  DangerousChangeType,
  astFromValue,
  findBreakingChanges,
  findDangerousChanges,
  isInputObjectType,
  isObjectType,
  print,
} from 'graphql';
import type { GraphQLInputField, GraphQLSchema } from 'graphql';

/** What a program written for `before` may stumble over in `after`, a sentence each. */
export function findBreaks(before: GraphQLSchema, after: GraphQLSchema): string[] {
  return [
    ...findBreakingChanges(before, after).map(({ description }) => description),
    // Clients must expect new enum values and types of events; that they have been told.
    ...findDangerousChanges(before, after)
      .filter(({ type }) => type === DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE)
      .map(({ description }) => description),
    ...changedInputDefaults(before, after),
    ...changedScopes(before, after),
  ];
}

/** graphql-js compares the defaults of arguments alone. */
function* changedInputDefaults(before: GraphQLSchema, after: GraphQLSchema): Generator<string> {
  for (const type of Object.values(before.getTypeMap())) {
    const now = after.getType(type.name);
    if (!isInputObjectType(type) || !isInputObjectType(now)) continue;
    for (const field of Object.values(type.getFields())) {
      const fieldNow = now.getFields()[field.name];
      if (fieldNow === undefined || defaultOf(field) === defaultOf(fieldNow)) continue;
      yield `${type.name}.${field.name} has changed defaultValue from ${defaultOf(field)} to ${defaultOf(fieldNow)}.`;
    }
  }
}

function defaultOf({ defaultValue, type }: GraphQLInputField): string {
  const node = defaultValue === undefined ? null : astFromValue(defaultValue, type);
  return node ? print(node) : 'none';
}

/** A scope is part of a field's description; see `enforceScopes`. */
function* changedScopes(before: GraphQLSchema, after: GraphQLSchema): Generator<string> {
  for (const type of Object.values(before.getTypeMap())) {
    const now = after.getType(type.name);
    if (!isObjectType(type) || !isObjectType(now)) continue;
    for (const { name, description } of Object.values(type.getFields())) {
      const fieldNow = now.getFields()[name];
      if (fieldNow === undefined) continue;
      const [scope, scopeNow] = [scopeIn(description), scopeIn(fieldNow.description)];
      if (scopeNow !== scope && scopeNow !== 'READ')
        yield `${type.name}.${name} needs ${scopeNow}, formerly ${scope}.`;
    }
  }
}

function scopeIn(description: string | null | undefined): string {
  return /\bNeeds the scope `(\w+)`\.$/.exec(description ?? '')?.[1] ?? 'READ';
}
