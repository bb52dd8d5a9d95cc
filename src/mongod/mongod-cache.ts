import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { inspectProcess } from './inspect-process.ts';
import type { MongodVersion } from './mongod-version.ts';
import { compareMongodVersions, formatMongodVersion, parseMongodVersion } from './mongod-version.ts';

const WORK_PREFIX = 'download-';

function cachedName(version: MongodVersion): string {
  return `mongod-${formatMongodVersion(version)}-${platform()}-${arch()}${platform() === 'win32' ? '.exe' : ''}`;
}

/** Copies made for this kind of machine, newest first. A home folder may be shared by machines of several kinds. */
export async function cachedMongods(cacheDir: string): Promise<{ path: string; version: MongodVersion }[]> {
  const names = await readdir(cacheDir).catch(() => []);
  return names
    .flatMap((name) => {
      const version = parseMongodVersion(name.replace(/^mongod-/, ''));
      return version && name === cachedName(version) ? [{ path: join(cacheDir, name), version }] : [];
    })
    .toSorted((a, b) => compareMongodVersions(b.version, a.version));
}

/**
 * Moves `file` into the cache. A rename replaces the copy in one step, so neither a second process
 * doing the same nor a kill in the middle leaves a broken one.
 */
export async function installMongod(cacheDir: string, file: string, version: MongodVersion): Promise<string> {
  const path = join(cacheDir, cachedName(version));
  await rename(file, path);
  return path;
}

/** Calls `use` with a folder on the cache's file system (so that the rename is atomic), gone afterwards. */
export async function withWorkFolder<T>(cacheDir: string, use: (folder: string) => Promise<T>): Promise<T> {
  await mkdir(cacheDir, { recursive: true });
  await sweepDeadFolders(cacheDir);
  const folder = await mkdtemp(join(cacheDir, `${WORK_PREFIX}${process.pid}-`));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function sweepDeadFolders(cacheDir: string): Promise<void> {
  for (const name of await readdir(cacheDir)) {
    const pid = new RegExp(`^${WORK_PREFIX}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || (await inspectProcess(Number(pid)))) continue;
    await rm(join(cacheDir, name), { recursive: true, force: true });
  }
}
