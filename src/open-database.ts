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

export interface OpenedDatabase {
  connection: Connection;
  /**
   * What clients ask for is read through this one: however much it is, and however often they go away and so have
   * connections closed, the commits of intake do not wait for it. What was answered as stored is seen all the same: a
   * majority has it by then, and that is what is read, at the primary, through any connection.
   */
  reading: Connection;
}

/** What clients ask for waits for one of so many. */
const READING_POOL = 16;

/** The database at `MONGODB_URI`, or else an embedded one, started for it and stopped after it. */
export async function openDatabase(options: OpenDatabaseOptions): Promise<OpenedDatabase> {
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
  const connection = await open(uri, closing);
  await checkSuitable(connection);
  return { connection, reading: await open(uri, closing, READING_POOL) };
}

async function open(uri: string, closing: ClosingStack, maxPoolSize?: number): Promise<Connection> {
  const connection = await openConnection(uri, maxPoolSize).catch((cause: unknown) => {
    throw new DatabaseUnreachableError(reasonOf(cause), { cause });
  });
  closing.defer(() => connection.close());
  return connection;
}

function reasonOf(cause: unknown): string {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return (
    `The database does not let OpsLens in: ${reason}. Check that MONGODB_URI names a running MongoDB, its user and ` +
    'password, and in replicaSet= the name that rs.status() shows.'
  );
}
