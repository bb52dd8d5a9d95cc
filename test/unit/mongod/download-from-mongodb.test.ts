import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { downloadFromMongodb, DOWNLOADED_VERSION } from '../../../src/mongod/download-from-mongodb.ts';
import { probeMongod } from '../../../src/mongod/probe-mongod.ts';
import { temporaryFolder } from '../../support/mongod.ts';
import { writeFakeMongod } from './fake-mongod.ts';

const quiet = { progress: () => undefined, signal: new AbortController().signal };

/** Lets the library take its downloads from this server instead of MongoDB's. */
async function serveDownloads(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<void> {
  const server = createServer(handle).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  Object.assign(process.env, {
    MONGOMS_DOWNLOAD_MIRROR: `http://127.0.0.1:${port}`,
    MONGOMS_USE_HTTP: 'true',
  });
  onTestFinished(async () => {
    delete process.env['MONGOMS_DOWNLOAD_MIRROR'];
    delete process.env['MONGOMS_USE_HTTP'];
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
}

async function fakeArchive(): Promise<Buffer> {
  const folder = await temporaryFolder();
  await writeFakeMongod(join(folder, 'mongodb', 'bin', 'mongod'), DOWNLOADED_VERSION);
  await promisify(execFile)('tar', ['czf', 'archive.tgz', 'mongodb'], { cwd: folder });
  return readFile(join(folder, 'archive.tgz'));
}

test('the pinned version is fetched, checked against its MD5 and unpacked', async () => {
  const archive = await fakeArchive();
  const asked: string[] = [];
  await serveDownloads((request, response) => {
    asked.push(request.url ?? '');
    response.end(request.url?.endsWith('.md5') ? createHash('md5').update(archive).digest('hex') : archive);
  });

  const file = await downloadFromMongodb(await temporaryFolder(), quiet);

  expect(await probeMongod(file)).toMatchObject({ kind: 'usable' });
  expect(asked[0]).toContain(`-${DOWNLOADED_VERSION}.tgz`);
});

test('an archive that does not match its MD5 is refused', async () => {
  const archive = await fakeArchive();
  await serveDownloads((request, response) => {
    response.end(request.url?.endsWith('.md5') ? createHash('md5').update('other').digest('hex') : archive);
  });

  await expect(downloadFromMongodb(await temporaryFolder(), quiet)).rejects.toThrow(/MD5/);
});

test('a host that does not have it is given up without a second try', async () => {
  let asked = 0;
  await serveDownloads((_request, response) => {
    asked++;
    response.writeHead(403).end();
  });

  await expect(downloadFromMongodb(await temporaryFolder(), quiet)).rejects.toThrow(/403/);
  expect(asked).toBe(1);
});

test('an abort cuts off a download that hangs', async () => {
  const abort = new AbortController();
  await serveDownloads(() => abort.abort());

  await expect(
    downloadFromMongodb(await temporaryFolder(), { ...quiet, signal: abort.signal }),
  ).rejects.toThrow(/abort/i);
});
