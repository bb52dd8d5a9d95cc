import type { Connection } from 'mongoose';
import type { Config } from './config.ts';
import type { ClosingStack } from './kernel/closing-stack.ts';
import type { Logger } from './kernel/logger.ts';
import { defaultCacheDir } from './mongod/default-cache-dir.ts';
import type { Progress } from './mongod/progress.ts';
import { startEmbeddedMongod } from './mongod/start-embedded-mongod.ts';
import { createAdminCommand } from './store/admin-command.ts';
import { checkSuitable, openConnection } from './store/connection.ts';

export interface OpenDatabaseOptions {
  config: Pick<Config, 'mongodbUri' | 'dataDir' | 'mongod'>;
  logger: Logger;
  /** Tells a person what the first start is busy with. */
  progress: Progress;
  /** Where downloads of MongoDB are kept, if not below the home folder. */
  cacheHome: string | undefined;
  /** Ends the wait for it. */
  signal?: AbortSignal | undefined;
  closing: ClosingStack;
}

/** The message says where to look. */
export class DatabaseUnreachableError extends Error {
  override readonly name = 'DatabaseUnreachableError';
}

/** The database at `MONGODB_URI`, or else an embedded one, started for it and stopped after it. */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Connection> {
  const { config, logger, progress, cacheHome, closing, signal } = options;
  let uri = config.mongodbUri;
  if (uri === null) {
    const mongod = closing.use(
      await startEmbeddedMongod({
        dataDir: config.dataDir,
        mongodPath: config.mongod ?? undefined,
        cacheDir: defaultCacheDir(cacheHome),
        logger,
        progress,
        runAdminCommand: createAdminCommand(),
        signal,
      }),
    );
    uri = mongod.uri;
  }
  const connection = await openConnection(uri).catch((cause: unknown) => {
    throw new DatabaseUnreachableError(reasonOf(cause), { cause });
  });
  closing.defer(() => connection.close());
  await checkSuitable(connection);
  return connection;
}

function reasonOf(cause: unknown): string {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return (
    `The database does not let OpsLens in: ${reason}. Check that MONGODB_URI names a running MongoDB, its user and ` +
    'password, and in replicaSet= the name that rs.status() shows.'
  );
}
