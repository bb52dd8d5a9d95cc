import { rm } from 'node:fs/promises';
import { onTestFinished } from 'vitest';
import { createLogger } from '../../src/kernel/logger.ts';
import { defaultCacheDir } from '../../src/mongod/default-cache-dir.ts';
import type { EmbeddedMongod, EmbeddedMongodOptions } from '../../src/mongod/start-embedded-mongod.ts';
import { startEmbeddedMongod } from '../../src/mongod/start-embedded-mongod.ts';
import { createAdminCommand } from '../../src/store/admin-command.ts';
import { makeTestFolder } from './global-setup.ts';

/** The cache that `npm start` uses too, so that a machine downloads MongoDB once. */
export function testCacheDir(): string {
  return defaultCacheDir(process.env['XDG_CACHE_HOME']);
}

/** The options of `startEmbeddedMongod` for a data folder of the test's own, which are silent and use the common cache. */
export function testMongodOptions(dataDir: string): EmbeddedMongodOptions {
  return {
    dataDir,
    mongodPath: process.env['MONGOD'],
    cacheDir: testCacheDir(),
    logger: createLogger('silent'),
    progress: () => undefined,
    runAdminCommand: createAdminCommand(),
  };
}

/** A folder that is gone when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await makeTestFolder();
  // What was started there may still be at its last writes.
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));
  return folder;
}

/** Starts an embedded mongod that is stopped when the test ends, if the test did not stop it itself. */
export async function startTestMongod(
  dataDir: string,
  options: Partial<EmbeddedMongodOptions> = {},
): Promise<EmbeddedMongod> {
  const mongod = await startEmbeddedMongod({ ...testMongodOptions(dataDir), ...options });
  onTestFinished(() => mongod[Symbol.asyncDispose]());
  return mongod;
}
