import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connection } from 'mongoose';
import { openConnection } from '../../src/store/connection.ts';
import type { BenchRowContext } from '../rows/bench-row.ts';
import { GENERIC_SECRET, GITHUB_SECRET } from '../rows/webhook-templates.ts';
import type { ServerUnderTest } from './server-under-test.ts';
import { startServerUnderTest } from './server-under-test.ts';

export interface OpsLens {
  server: ServerUnderTest;
  /** To the server's own database, to see what it did there. */
  database: Connection;
}

/** The server with the settings that a user gets, and both secrets; logs go to a file. */
export async function startOpsLens({ folder, opened, cpuProfileDir }: BenchRowContext): Promise<OpsLens> {
  const serverFolder = join(folder, 'opslens');
  await mkdir(serverFolder);
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
