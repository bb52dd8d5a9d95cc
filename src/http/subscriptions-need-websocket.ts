import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError } from 'graphql';

const MESSAGE =
  'Subscriptions are served over WebSocket at this same address, by the graphql-transport-ws protocol.';

/** Executed like a query, a subscription would fail in a way that looks like a bug. */
export const subscriptionsNeedWebSocket: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation({ operation }) {
        if (operation?.operation !== 'subscription') return Promise.resolve();
        throw new GraphQLError(MESSAGE, {
          extensions: { code: 'SUBSCRIPTIONS_NEED_WEBSOCKET', http: { status: 400 } },
        });
      },
    }),
};
