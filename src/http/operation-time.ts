import type { ServerResponse } from 'node:http';
import type { ApolloServerPlugin, HTTPGraphQLResponse } from '@apollo/server';
import type { OperationDefinitionNode } from 'graphql';
import { elapsedMs } from '../kernel/elapsed-ms.ts';
import { limitTime } from '../kernel/limit-time.ts';
import type { Logger } from '../kernel/logger.ts';
import { answerErrors } from './answer-errors.ts';
import { describeOperation } from './graphql-request-log.ts';

export interface OperationTime<Context extends object> {
  plugin: ApolloServerPlugin<Context>;
  /** Null where nothing is left to answer: the work did, it took too long, as the client was told, or nobody waits. */
  run(
    res: ServerResponse,
    work: (signal: AbortSignal) => Promise<HTTPGraphQLResponse | null>,
  ): Promise<HTTPGraphQLResponse | null>;
}

const TOOK_TOO_LONG = 504;

/**
 * Ends an operation over HTTP when its time is up or its caller is gone. What it has by then is answered with a `TIMEOUT`
 * for each part that is missing; where that is nothing, the status is 504.
 */
export function createOperationTime<Context extends { signal: AbortSignal }>({
  timeoutMs,
  logger,
}: {
  timeoutMs: number;
  logger: Pick<Logger, 'warn'>;
}): OperationTime<Context> {
  const operations = new WeakMap<AbortSignal, OperationDefinitionNode>();

  return {
    plugin: {
      requestDidStart: () =>
        Promise.resolve({
          didResolveOperation({ contextValue, operation }) {
            if (operation) operations.set(contextValue.signal, operation);
            return Promise.resolve();
          },
          willSendResponse({ response: { body, http } }) {
            if (body.kind === 'single' && body.singleResult.data == null) {
              const codes = body.singleResult.errors?.map(({ extensions }) => extensions?.['code']);
              if (codes?.includes('TIMEOUT') === true) http.status = TOOK_TOO_LONG;
            }
            return Promise.resolve();
          },
        }),
    },

    async run(res, work) {
      const begunAt = performance.now();
      const gone = new AbortController();
      const onClose = (): void => gone.abort();
      res.once('close', onClose);
      let operation = (): OperationDefinitionNode | undefined => undefined;
      const outcome = await limitTime({
        ms: timeoutMs,
        gone: gone.signal,
        work(signal) {
          operation = () => operations.get(signal);
          return work(signal);
        },
      });
      res.off('close', onClose);
      if (gone.signal.aborted) return null;
      if ('result' in outcome) return outcome.result;
      const about = describeOperation(operation());
      logger.warn({ ...about, durationMs: elapsedMs(begunAt) }, 'a GraphQL operation does not end');
      answerTooLate(res, about.operation === 'mutation', timeoutMs);
      return null;
    },
  };
}

function answerTooLate(res: ServerResponse, mutation: boolean, timeoutMs: number): void {
  const limit = `Not done within ${timeoutMs / 1000} s`;
  const message = mutation
    ? `${limit}. What was begun goes on, so the outcome is unknown: repeating is safe with the same client key ` +
      '(clientMutationKey) only; otherwise look first.'
    : `${limit}: ask for less, or narrow the filter.`;
  answerErrors(res, TOOK_TOO_LONG, [{ message, extensions: { code: 'TIMEOUT' } }]);
}
