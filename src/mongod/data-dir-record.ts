import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MongodVersion } from './mongod-version.ts';
import { formatMongodVersion, parseMongodVersion } from './mongod-version.ts';

const FILE = 'mongod.json';

/** What a data folder remembers from start to start. */
export interface DataDirRecord {
  /** The MongoDB that wrote the data. */
  version?: MongodVersion;
  /** Where it listened last: the first choice for the next start, so that its address stays the same. */
  port?: number;
}

export async function readDataDirRecord(dataDir: string): Promise<DataDirRecord> {
  const text = await readFile(join(dataDir, FILE), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  const { version, port } = JSON.parse(text) as { version?: unknown; port?: unknown };
  const parsed = typeof version === 'string' ? parseMongodVersion(version) : undefined;
  return { ...(parsed && { version: parsed }), ...(typeof port === 'number' && { port }) };
}

/** Adds to what is remembered. The version is to be written before the first byte of data is. */
export async function writeDataDirRecord(dataDir: string, news: DataDirRecord): Promise<void> {
  const { version, port } = { ...(await readDataDirRecord(dataDir)), ...news };
  const temporary = join(dataDir, `${FILE}.new`);
  await writeFile(
    temporary,
    `${JSON.stringify({ version: version && formatMongodVersion(version), port })}\n`,
  );
  await rename(temporary, join(dataDir, FILE));
}
