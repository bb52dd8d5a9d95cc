import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { UnusableSecretKeyFileError, readOrMakeSecretKey } from '../../../src/access/secret-key-file.ts';

async function emptyDirectory(): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'opslens-key-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  return directory;
}

test('the key is made once, for the owner only, and stays', async () => {
  const dataDir = path.join(await emptyDirectory(), 'not', 'yet', 'there');
  const key = await readOrMakeSecretKey(dataDir);
  expect(Buffer.from(key, 'base64')).toHaveLength(32);
  expect((await stat(path.join(dataDir, 'secret.key'))).mode & 0o777).toBe(0o600);
  expect(await readOrMakeSecretKey(dataDir)).toBe(key);
});

test('twenty that make it at once all get the same one and leave nothing else behind', async () => {
  const dataDir = await emptyDirectory();
  const keys = await Promise.all(Array.from({ length: 20 }, () => readOrMakeSecretKey(dataDir)));
  expect(new Set(keys).size).toBe(1);
  expect(await readdir(dataDir)).toEqual(['secret.key']);
});

test('a file without a key is left as it is and reported, not replaced', async () => {
  const dataDir = await emptyDirectory();
  await writeFile(path.join(dataDir, 'secret.key'), '\n');
  await expect(readOrMakeSecretKey(dataDir)).rejects.toThrow(UnusableSecretKeyFileError);
  expect(await readFile(path.join(dataDir, 'secret.key'), 'utf8')).toBe('\n');
});
