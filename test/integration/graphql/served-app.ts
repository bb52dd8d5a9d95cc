import { echoHandlers, startEdge } from '../../support/start-edge.ts';
import { startGraphqlApp } from './graphql-app.ts';
import type { Answer, GraphqlApp } from './graphql-app.ts';

export interface ServedApp {
  app: GraphqlApp;
  /** Of the product's own HTTP server. */
  url: string;
  /** Sends a body as it is. */
  post(body: string, headers?: Record<string, string>): Promise<Answer & { headers: Headers }>;
}

/** The API behind the HTTP server of the product, with its limits of bodies and its refusals. */
export async function startServedApp(
  options: Parameters<typeof startGraphqlApp>[0] = {},
): Promise<ServedApp> {
  const app = await startGraphqlApp(options);
  const { port, server } = await startEdge();
  server.serve(echoHandlers({ graphql: app.api }));
  const url = `http://127.0.0.1:${port}`;
  return {
    app,
    url,
    async post(body, headers = {}) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      });
      const answer = (await response.json()) as Omit<Answer, 'status'>;
      return { ...answer, status: response.status, headers: response.headers };
    },
  };
}
