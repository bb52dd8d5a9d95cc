import { Kind, defaultFieldResolver } from 'graphql';
import type { GraphQLField, GraphQLFieldResolver, GraphQLSchema } from 'graphql';
import { SCOPES } from '../../access/principal.ts';
import type { Scope } from '../../access/principal.ts';
import { codedError } from '../errors/coded-error.ts';
import type { GraphqlContext } from '../graphql-context.ts';

type RootField = GraphQLField<unknown, GraphqlContext>;
type Resolve = GraphQLFieldResolver<unknown, GraphqlContext>;

/**
 * Makes every field of the roots ask for the scope that the schema says it requires, over HTTP and WebSocket alike, and
 * says so in its description.
 */
export function enforceScopes(schema: GraphQLSchema): void {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  for (const field of roots.flatMap((root) => Object.values(root?.getFields() ?? {}) as RootField[])) {
    const scope = requiredScope(field);
    if (scope !== 'READ') field.description = `${field.description ?? ''}\n\nNeeds the scope \`${scope}\`.`;
    field.resolve = guarded(field.resolve ?? defaultFieldResolver, scope);
    if (field.subscribe) field.subscribe = guarded(field.subscribe, scope);
  }
}

/** What `@requires` says; without it, `READ`. */
export function requiredScope({ astNode }: Pick<RootField, 'astNode'>): Scope {
  const directive = astNode?.directives?.find(({ name }) => name.value === 'requires');
  const value = directive?.arguments?.find(({ name }) => name.value === 'scope')?.value;
  const named = value?.kind === Kind.ENUM ? value.value : 'READ';
  const scope = SCOPES.find((one) => one === named);
  if (scope === undefined) throw new Error(`there is no scope ${named}`);
  return scope;
}

function guarded(resolve: Resolve, scope: Scope): Resolve {
  return (source, args, context, info) => {
    // Mutations run one after another: what was not begun in time is not begun any more.
    context.signal.throwIfAborted();
    if (context.principal.scopes.includes(scope)) return resolve(source, args, context, info);
    throw codedError('FORBIDDEN', `This key does not allow ${scope}, which ${info.fieldName} needs.`, {
      scope,
    });
  };
}
