import type { ApolloServerPlugin } from '@apollo/server';

/** An answer without data because the database is away is a 503, as it is everywhere else. */
export const retryLater: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse({ response: { body, http } }) {
        if (body.kind !== 'single' || body.singleResult.data != null) return Promise.resolve();
        const error = body.singleResult.errors?.find(
          ({ extensions }) => extensions?.['code'] === 'UNAVAILABLE',
        );
        if (error !== undefined) {
          http.status = 503;
          const seconds = error.extensions?.['retryAfterSeconds'];
          http.headers.set('retry-after', `${typeof seconds === 'number' ? seconds : 1}`);
        }
        return Promise.resolve();
      },
    }),
};
