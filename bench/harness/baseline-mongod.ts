import { createLogger } from '../../src/kernel/logger.ts';
import { defaultCacheDir } from '../../src/mongod/default-cache-dir.ts';
import type { EmbeddedMongod } from '../../src/mongod/start-embedded-mongod.ts';
import { startEmbeddedMongod } from '../../src/mongod/start-embedded-mongod.ts';
import { createAdminCommand } from '../../src/store/admin-command.ts';

/** The mongod that the server under test would start, with the same flags, for what it is compared with. */
export function startBaselineMongod(dataDir: string): Promise<EmbeddedMongod> {
  return startEmbeddedMongod({
    dataDir,
    mongodPath: process.env['MONGOD'],
    cacheDir: defaultCacheDir(process.env['XDG_CACHE_HOME']),
    logger: createLogger('warn'),
    progress: () => undefined,
    runAdminCommand: createAdminCommand(),
  });
}
