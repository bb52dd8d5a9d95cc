import type { Principal } from '../access/principal.ts';
import { createEndpointHealthLoaders } from './endpoints/endpoint-health-loaders.ts';
import type { EndpointHealthLoaders } from './endpoints/endpoint-health-loaders.ts';
import type { GraphqlDeps, ReadersFor } from './graphql-deps.ts';
import { createLoaders } from './loaders.ts';
import type { Loaders } from './loaders.ts';
import { createRowBudget } from './limits/row-budget.ts';
import type { RowBudget } from './limits/row-budget.ts';
import { createBodyTextReader } from './receipts/body-text.ts';
import type { ReadBodyText } from './receipts/body-text.ts';

/** What the resolvers of one operation share. */
export interface GraphqlContext extends GraphqlDeps {
  principal: Principal;
  /** Aborts when nobody waits for the operation any more; what it reads ends then. */
  signal: AbortSignal;
  loaders: Loaders;
  health: EndpointHealthLoaders;
  rows: RowBudget;
  bodyText: ReadBodyText;
}

/** A fresh one for each operation, and for each event of a subscription: loaders remember what they read. */
export function createGraphqlContext(
  deps: GraphqlDeps & { readersFor: ReadersFor },
  principal: Principal,
  signal: AbortSignal,
): GraphqlContext {
  const own = { ...deps, ...deps.readersFor(signal), signal };
  return {
    ...own,
    principal,
    loaders: createLoaders(own),
    health: createEndpointHealthLoaders(own),
    rows: createRowBudget(),
    bodyText: createBodyTextReader(own),
  };
}
