import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fetchText } from '../../../src/inbound/fetch-text.ts';

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

describe('a text that a provider fetches', () => {
  it('is what stands there', async () => {
    expect(await fetchText(await serve((_req, res) => res.end('héllo')))).toBe('héllo');
  });

  it.each([204, 301, 302, 307, 403, 404, 429, 500, 503])('is none where the answer is %i', async (status) => {
    const paths: (string | undefined)[] = [];
    const url = await serve((req, res) => {
      paths.push(req.url);
      res.writeHead(status, { Location: '/elsewhere', 'Retry-After': '0' }).end();
    });
    await expect(fetchText(url)).rejects.toThrow(`it answers ${status}`);
    expect(paths).toEqual(['/']);
  });

  it('ends where it is too large, however long it would go on', async () => {
    let isCut = false;
    const url = await serve((_req, res) => {
      const timer = setInterval(() => res.write('x'.repeat(10_000)), 1);
      res.once('close', () => {
        isCut = true;
        clearInterval(timer);
      });
    });
    await expect(fetchText(url)).rejects.toThrow('more than 65536 bytes');
    await expect.poll(() => isCut).toBe(true);
  });

  it('says why it cannot be had', async () => {
    const url = await serve((_req, res) => res.destroy());
    await expect(fetchText(url)).rejects.toThrow(/socket|closed|reset/i);
    await expect(fetchText('http://127.0.0.1:1/')).rejects.toThrow(/ECONNREFUSED|bad port/);
  });

  it.each([
    ['answers nothing', () => undefined],
    ['stops in the middle', (_req, res) => res.write('x')],
  ] as [string, RequestListener][])(
    'is not waited for long where the far side %s',
    async (_what, listener) => {
      await expect(fetchText(await serve(listener), 300)).rejects.toThrow('it does not answer within 300 ms');
    },
  );
});
