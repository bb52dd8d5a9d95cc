// A program that owns an embedded mongod, to be killed by tests. Says one JSON line when it is up or refused.
import { startEmbeddedMongod } from '../../../src/mongod/start-embedded-mongod.ts';
import { defaultCacheDir } from '../../../src/mongod/default-cache-dir.ts';
import { createLogger } from '../../../src/kernel/logger.ts';
import { createAdminCommand } from '../../../src/store/admin-command.ts';

const say = (line: object): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};
const [dataDir] = process.argv.slice(2);
if (dataDir === undefined) throw new Error('usage: owner-process DATA_DIR');

try {
  const mongod = await startEmbeddedMongod({
    dataDir,
    mongodPath: process.env['MONGOD'],
    cacheDir: defaultCacheDir(process.env['XDG_CACHE_HOME']),
    logger: createLogger('silent'),
    progress: () => undefined,
    runAdminCommand: createAdminCommand(),
  });
  process.on('SIGINT', () => say({ kind: 'interrupted' }));
  process.stdin.once('data', () => {
    void mongod[Symbol.asyncDispose]().then(() => process.exit(0));
  });
  say({ kind: 'up', uri: mongod.uri, mongodPid: mongod.pid() });
} catch (error) {
  const { name, message } = error as Error;
  say({ kind: 'refused', name, message });
}
