import type { ApolloServerPlugin } from '@apollo/server';
import type { OperationDefinitionNode } from 'graphql';
import { elapsedMs } from '../kernel/elapsed-ms.ts';
import type { Logger } from '../kernel/logger.ts';
import type { OperationContext } from './operation-context.ts';

/** One line for each operation, at its end. */
export function graphqlRequestLog(logger: Pick<Logger, 'info'>): ApolloServerPlugin<OperationContext> {
  return {
    requestDidStart() {
      const begunAt = performance.now();
      return Promise.resolve({
        willSendResponse({ operation, operationName, errors, contextValue: { principal } }) {
          const described = describeOperation(operation, operationName);
          const about = described.fields.some((field) => /webhook/i.test(field))
            ? 'GraphQL request about webhooks'
            : 'GraphQL request';
          logger.info(
            {
              ...described,
              actor: principal.name,
              errors: errors?.length ?? 0,
              durationMs: elapsedMs(begunAt),
            },
            about,
          );
          return Promise.resolve();
        },
      });
    },
  };
}

const MAX_FIELDS = 10;

/** What the log tells of an operation. */
export function describeOperation(
  operation: OperationDefinitionNode | undefined,
  operationName: string | null | undefined = operation?.name?.value,
) {
  return {
    operation: operation?.operation ?? null,
    operationName: operationName?.slice(0, 100) ?? null,
    fields: operation ? rootFields(operation) : [],
  };
}

function rootFields({ selectionSet }: OperationDefinitionNode): string[] {
  return selectionSet.selections
    .flatMap((selection) => ('name' in selection && selection.kind === 'Field' ? [selection.name.value] : []))
    .slice(0, MAX_FIELDS);
}
