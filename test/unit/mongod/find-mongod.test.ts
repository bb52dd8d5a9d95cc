import { chmod, readdir, writeFile } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { FindMongodOptions } from '../../../src/mongod/find-mongod.ts';
import { findMongod } from '../../../src/mongod/find-mongod.ts';
import type { MongodDownload } from '../../../src/mongod/mongod-downloads.ts';
import { temporaryFolder } from '../../support/mongod.ts';
import { writeFakeMongod } from './fake-mongod.ts';

/** A machine without any mongod, where nothing can be downloaded, until the test adds some. */
async function bareMachine(): Promise<{ options: FindMongodOptions; bin: string; told: string[] }> {
  const [cacheDir, bin] = [await temporaryFolder(), await temporaryFolder()];
  const before = process.env['PATH'];
  // The fakes are shell scripts.
  process.env['PATH'] = `${bin}:/bin:/usr/bin`;
  onTestFinished(() => {
    process.env['PATH'] = before;
  });
  const told: string[] = [];
  return { options: { cacheDir, progress: (line) => told.push(line), downloads: [] }, bin, told };
}

function download(version: string, overrides: Partial<MongodDownload> = {}): MongodDownload {
  return {
    where: `download of ${version}`,
    version,
    refusal: () => undefined,
    fetch: (folder) => writeFakeMongod(join(folder, 'some', 'mongod'), version),
    ...overrides,
  };
}

function cachePath(cacheDir: string, version: string): string {
  return join(cacheDir, `mongod-${version}-${platform()}-${arch()}`);
}

test('the configured one comes first, then the PATH, then the newest kept copy, then the downloads in order', async () => {
  const { options, bin } = await bareMachine();
  const downloads = [download('7.0.9'), download('6.0.5')];
  const configured = await writeFakeMongod(join(await temporaryFolder(), 'my-mongod'), '6.0.1');
  await writeFakeMongod(join(bin, 'mongod'), '6.0.2');
  const oldCopy = await writeFakeMongod(cachePath(options.cacheDir, '6.0.3'), '6.0.3');
  const newCopy = await writeFakeMongod(cachePath(options.cacheDir, '6.0.14'), '6.0.14');

  expect((await findMongod({ ...options, downloads, mongodPath: configured })).path).toBe(configured);
  expect((await findMongod({ ...options, downloads })).version).toEqual({ major: 6, minor: 0, patch: 2 });
  await writeFile(join(bin, 'mongod'), '#!/bin/sh\necho broken >&2; exit 1\n');
  expect((await findMongod({ ...options, downloads })).path).toBe(newCopy);
  await chmod(newCopy, 0o644);
  expect((await findMongod({ ...options, downloads })).path).toBe(oldCopy);
  await chmod(oldCopy, 0o644);
  expect((await findMongod({ ...options, downloads })).version).toEqual({ major: 7, minor: 0, patch: 9 });
});

test('what was downloaded is kept, and found by the next start without a download', async () => {
  const { options } = await bareMachine();

  const first = await findMongod({ ...options, downloads: [download('7.0.9')] });
  const second = await findMongod(options);

  expect(second).toMatchObject(first);
  expect(first.path).toBe(cachePath(options.cacheDir, '7.0.9'));
  expect(await readdir(options.cacheDir)).toEqual([`mongod-7.0.9-${platform()}-${arch()}`]);
});

test('starts that download at the same time do not disturb each other', async () => {
  const { options } = await bareMachine();
  const downloads = [download('7.0.9')];

  const found = await Promise.all([1, 2, 3].map(() => findMongod({ ...options, downloads })));

  expect(new Set(found.map(({ path }) => path))).toEqual(new Set([cachePath(options.cacheDir, '7.0.9')]));
  expect(await readdir(options.cacheDir)).toHaveLength(1);
});

test('a copy that broke is replaced by a new download', async () => {
  const { options } = await bareMachine();
  await writeFile(cachePath(options.cacheDir, '7.0.9'), 'half a file');

  const found = await findMongod({ ...options, downloads: [download('7.0.9')] });

  expect(found.version).toEqual({ major: 7, minor: 0, patch: 9 });
});

test('the work folder of a start that was killed in the middle is swept, one in use is not', async () => {
  const { options } = await bareMachine();
  // No process has this pid: it is above what Linux allows.
  await writeFakeMongod(join(options.cacheDir, 'download-99999999-abc', 'mongod'), '7.0.9');
  await writeFakeMongod(join(options.cacheDir, `download-${process.ppid}-abc`, 'mongod'), '7.0.9');

  await findMongod({ ...options, downloads: [download('7.0.9')] });

  expect(await readdir(options.cacheDir)).toEqual([
    `download-${process.ppid}-abc`,
    `mongod-7.0.9-${platform()}-${arch()}`,
  ]);
});

test('a download that fails is told, and the next is tried', async () => {
  const { options, told } = await bareMachine();
  const downloads = [
    download('7.0.9', { fetch: () => Promise.reject(new Error('host cannot\n  be reached')) }),
    download('6.0.5', { fetch: (folder) => writeFakeMongod(join(folder, 'mongod'), '4.4.0') }),
    download('6.0.6'),
  ];

  const found = await findMongod({ ...options, downloads });

  expect(found.version.patch).toBe(6);
  expect(told).toEqual([
    'Downloading download of 7.0.9 ...',
    'Passed over download of 7.0.9: host cannot be reached',
    'Downloading download of 6.0.5 ...',
    'Passed over download of 6.0.5: the mongod that came is 4.4.0, older than 6.0',
    'Downloading download of 6.0.6 ...',
    `Kept in ${found.path} for later starts`,
  ]);
});

test('one of another major than the data is passed over wherever it is, and not even downloaded', async () => {
  const { options, bin, told } = await bareMachine();
  const mongodPath = await writeFakeMongod(join(await temporaryFolder(), 'my-mongod'), '8.0.1');
  await writeFakeMongod(join(bin, 'mongod'), '8.0.2');
  await writeFakeMongod(cachePath(options.cacheDir, '8.0.3'), '8.0.3');
  const downloads = [
    download('8.0.4', { fetch: () => Promise.reject(new Error('downloaded')) }),
    download('6.0.5'),
  ];

  const found = await findMongod({ ...options, mongodPath, downloads, wantedMajor: 6 });

  expect(found.version).toEqual({ major: 6, minor: 0, patch: 5 });
  expect(told.slice(0, 3)).toEqual([
    `Passed over MONGOD=${mongodPath}: is 8.0.1, but the data was written by MongoDB 6`,
    'Passed over mongod on the PATH: is 8.0.2, but the data was written by MongoDB 6',
    `Passed over ${cachePath(options.cacheDir, '8.0.3')}: is 8.0.3, but the data was written by MongoDB 6`,
  ]);
});

test('a configured one that cannot be used ends the search, lest another server fixes the version of the data', async () => {
  const { options, bin } = await bareMachine();
  await writeFakeMongod(join(bin, 'mongod'), '6.0.2');

  await expect(findMongod({ ...options, mongodPath: '/no/such/mongod' })).rejects.toMatchObject({
    name: 'MongodNotFoundError',
    message: expect.stringContaining('MONGOD=/no/such/mongod: is not there') as string,
  });
});

test('when every way fails, one message says what was tried, why each failed and what to do', async () => {
  const { options, bin } = await bareMachine();
  await writeFakeMongod(join(bin, 'mongod'), '4.4.29');
  const downloads = [
    download('7.0.9', { fetch: () => Promise.reject(new Error('getaddrinfo ENOTFOUND')) }),
    download('6.0.5', { refusal: () => 'made for x64 Linux' }),
  ];

  const error = await findMongod({ ...options, downloads }).catch((caught: unknown) => caught as Error);

  expect((error as Error).message.split('\n')).toEqual([
    'OpsLens found no MongoDB server (mongod) to run. Tried, in this order:',
    '  - MONGOD: not set',
    '  - mongod on the PATH: is 4.4.29, older than 6.0',
    `  - a copy kept in ${options.cacheDir}: none there`,
    '  - download of 7.0.9: getaddrinfo ENOTFOUND',
    '  - download of 6.0.5: made for x64 Linux',
    '',
    'Any one of these helps:',
    expect.stringMatching(/^ {2}- Install MongoDB/),
    expect.stringContaining('MONGOD=/path/to/mongod'),
    expect.stringContaining('MONGODB_URI=mongodb://'),
    expect.stringContaining('docker-compose up'),
  ]);
});

test('an abort ends the search at once', async () => {
  const { options } = await bareMachine();
  const abort = new AbortController();
  const downloads = [
    download('7.0.9', {
      fetch: (_folder, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('cut off')), { once: true });
          abort.abort(new Error('changed my mind'));
        }),
    }),
    download('6.0.5'),
  ];

  await expect(findMongod({ ...options, downloads, signal: abort.signal })).rejects.toThrow(
    'changed my mind',
  );
});
