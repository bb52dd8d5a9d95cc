import { readFile } from 'node:fs/promises';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { expect, test, vi } from 'vitest';
import type { Explorer } from '../../../src/http/explorer.ts';

vi.mock('node:fs/promises', { spy: true });
// Another test may have loaded it with the real file system.
vi.resetModules();
const { createExplorer } = await import('../../../src/http/explorer.ts');

async function load(explorer: Explorer, name: string, before?: (res: ServerResponse) => void) {
  const req = new IncomingMessage(new Socket());
  req.method = 'GET';
  req.url = `/graphql/assets/${name}`;
  const res = new ServerResponse(req);
  before?.(res);
  expect(await explorer.serve(req, res)).toBe(true);
  return res;
}

function clientFilesRead(): number {
  return vi
    .mocked(readFile)
    .mock.calls.filter(([file]) => typeof file === 'string' && /graphql-ws.dist/.test(file)).length;
}

test('nobody can have files looked for that are none of the explorer, and its own are read once', async () => {
  const explorer = createExplorer();
  for (const name of ['a', 'b', 'a'.repeat(300)]) {
    expect((await load(explorer, `graphql-ws/common-${name}.js?${name}`)).statusCode).toBe(404);
  }
  expect(clientFilesRead()).toBe(0);
  for (let time = 0; time < 3; time += 1) {
    expect((await load(explorer, 'graphql-ws/client.js')).statusCode).toBe(200);
  }
  expect(clientFilesRead()).toBe(1);
});

test('what else an answer varies by stays told', async () => {
  const res = await load(createExplorer(), 'explorer.js', (answer) => answer.setHeader('Vary', 'Origin'));
  expect(res.getHeader('vary')).toEqual(['Origin', 'Accept-Encoding']);
});
