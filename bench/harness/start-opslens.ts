import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connection } from 'mongoose';
import { openConnection } from '../../src/store/connection.ts';
import { ensureCollections } from '../../src/store/ensure-collections.ts';
import type { BenchRowContext } from '../rows/bench-row.ts';
import { GENERIC_SECRET, GITHUB_SECRET } from '../rows/webhook-templates.ts';
import { startBaselineMongod } from './baseline-mongod.ts';
import type { ServerUnderTest } from './server-under-test.ts';
import { startServerUnderTest } from './server-under-test.ts';
import { storeIncidents } from './stored-incidents.ts';
import type { StoredIncidentsOrder } from './stored-incidents.ts';

export interface OpsLens {
  server: ServerUnderTest;
  /** To the server's own database, to see what it did there. */
  database: Connection;
}

interface StartOptions {
  /** Of its folder; each that runs at the same time needs its own. */
  name?: string;
  /** What its database holds before it starts. */
  stored?: StoredIncidentsOrder;
}

/** The server with the settings that a user gets, and both secrets; logs go to a file. */
export async function startOpsLens(
  { folder, opened, cpuProfileDir }: BenchRowContext,
  { name = 'opslens', stored }: StartOptions = {},
): Promise<OpsLens> {
  const serverFolder = join(folder, name);
  await mkdir(serverFolder);
  if (stored !== undefined) await fill(join(serverFolder, 'data'), stored);
  const server = opened.use(
    await startServerUnderTest({
      folder: serverFolder,
      settings: {
        GENERIC_WEBHOOK_SECRET: GENERIC_SECRET,
        GITHUB_WEBHOOK_SECRET: GITHUB_SECRET,
        // All that it can take is to come through, of one source.
        INTAKE_RATE_LIMIT: '0',
      },
      cpuProfileDir,
    }),
  );
  const database = await openConnection(server.mongod.uri);
  opened.use({ [Symbol.asyncDispose]: () => database.close() });
  return { server, database };
}

/** Indexes are made when all is there: as many rows one by one would take several times as long. */
async function fill(dataDir: string, stored: StoredIncidentsOrder): Promise<void> {
  const mongod = await startBaselineMongod(dataDir);
  try {
    const connection = await openConnection(mongod.uri);
    try {
      await storeIncidents(connection, stored);
      await ensureCollections(connection);
    } finally {
      await connection.close();
    }
  } finally {
    await mongod[Symbol.asyncDispose]();
  }
}
