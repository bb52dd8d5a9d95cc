import { expect, test } from 'vitest';
import { sendRequest } from '../../support/send-request.ts';
import { echoHandlers, startEdge } from '../../support/start-edge.ts';

test('a client that offers HTTP/2 on the way, as Java and curl do, is served as one that does not', async () => {
  const { server, port } = await startEdge();
  server.serve(echoHandlers());
  const headers = {
    Connection: 'Upgrade, HTTP2-Settings',
    Upgrade: 'h2c',
    'HTTP2-Settings': 'AAEAAEAAAAIAAAABAAMAAABk',
  };
  expect(
    await sendRequest(port, { method: 'POST', path: '/api/v1/webhooks/generic', body: '{}', headers }),
  ).toMatchObject({
    status: 200,
    json: { provider: 'generic' },
  });
});
