import { expect, test } from 'vitest';
import { UnavailableError } from '../../../src/domain/submission.ts';
import { sendRequest } from '../../support/send-request.ts';
import { echoHandlers, startEdge } from '../../support/start-edge.ts';

const route = (name: string, scope: 'ADMIN' | null) => ({
  method: 'GET' as const,
  path: `/api/v1/webhooks/${name}`,
  scope,
  bodyLimit: 0,
  handle: ({ principal }: { principal: { name: string | null } | null }) => ({
    status: 200,
    body: { name: principal?.name ?? null },
  }),
});

test('a plain route asks for its scope, and for none where it needs no key', async () => {
  const find = async (key: string) => {
    await Promise.resolve();
    if (key === 'unknown now') throw new UnavailableError('the database is away', 7);
    if (key === 'gone') return null;
    return {
      name: key,
      scopes: key === 'reader' ? (['READ'] as const) : (['READ', 'ADMIN'] as const),
      keyId: 'id',
    };
  };
  const stored = () => ({ find, watch: () => () => undefined });
  const { server, port } = await startEdge({ mode: 'REQUIRED', stored });
  server.serve(echoHandlers({ api: [route('endpoints', 'ADMIN'), route('test', null)] }));
  const get = (name: string, key: string) =>
    sendRequest(port, { path: `/api/v1/webhooks/${name}`, headers: { 'x-api-key': key } });

  expect(await get('endpoints', 'manager')).toMatchObject({ status: 200, json: { name: 'manager' } });
  const forbidden = await get('endpoints', 'reader');
  expect([forbidden.status, forbidden.text]).toEqual([403, expect.stringContaining('ADMIN')]);
  expect((await get('endpoints', 'gone')).status).toBe(401);
  const later = await get('endpoints', 'unknown now');
  expect([later.status, later.headers['retry-after']]).toEqual([503, '7']);
  for (const key of ['reader', 'gone', 'unknown now']) expect((await get('test', key)).status).toBe(200);
});
