import { mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { createLogger } from '../../src/kernel/logger.ts';
import { adoptMongod } from '../../src/mongod/adopt-mongod.ts';
import { defaultCacheDir } from '../../src/mongod/default-cache-dir.ts';
import { inspectProcess } from '../../src/mongod/inspect-process.ts';
import { findRunningMongod } from '../../src/mongod/running-mongod.ts';
import { startEmbeddedMongod } from '../../src/mongod/start-embedded-mongod.ts';
import { createAdminCommand } from '../../src/store/admin-command.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    mongoUri: string;
  }
}

const PREFIX = 'opslens-test-';

/** A new folder, named after this process so that a later run can tell when nobody needs it any more. */
export async function makeTestFolder(): Promise<string> {
  return realpath(await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`)));
}

/** One mongod for the whole run, thrown away with its data afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await clearUpAfterKilledRuns();
  const dataDir = await makeTestFolder();
  const mongod = await startEmbeddedMongod({
    dataDir,
    mongodPath: process.env['MONGOD'],
    // The cache that `npm start` uses too, so that a machine downloads MongoDB once.
    cacheDir: defaultCacheDir(process.env['XDG_CACHE_HOME']),
    logger: createLogger('warn'),
    progress: (message) => process.stderr.write(`${message}\n`),
    runAdminCommand: createAdminCommand(),
    extraArgs: [
      // For fail points.
      ...['--setParameter', 'enableTestCommands=1'],
      // Files of dropped databases stay open for that long (300 s): hundreds of them would reach the limit of open files.
      ...['--setParameter', 'minSnapshotHistoryWindowInSeconds=5'],
    ],
  });
  project.provide('mongoUri', mongod.uri);
  return async () => {
    await mongod[Symbol.asyncDispose]();
    await rm(dataDir, { recursive: true, force: true });
  };
}

/** A killed run leaves folders behind, and mongods that nobody owns. */
async function clearUpAfterKilledRuns(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || (await inspectProcess(Number(pid)))) continue;
    const folder = await realpath(join(tmpdir(), name));
    const running = await findRunningMongod(join(folder, 'db'));
    if (running) {
      const mongod = adoptMongod(running);
      await mongod.signal('SIGKILL');
      await mongod.exited;
    }
    await rm(folder, { recursive: true, force: true });
  }
}
