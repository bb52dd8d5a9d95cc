import { mkdir, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';

export interface DataDirLayout {
  dataDir: string;
  dbPath: string;
  logPath: string;
}

/** Makes the folders. Paths are real ones, since processes recognise each other's mongod by its `--dbpath`. */
export async function prepareDataDir(configured: string): Promise<DataDirLayout> {
  await mkdir(configured, { recursive: true, mode: 0o700 });
  const dataDir = await realpath(configured);
  const dbPath = join(dataDir, 'db');
  await mkdir(dbPath, { recursive: true, mode: 0o700 });
  return { dataDir, dbPath, logPath: join(dataDir, 'mongod.log') };
}

/** Whether a mongod ever wrote here: the storage engine begins with this file. */
export async function hasData({ dbPath }: DataDirLayout): Promise<boolean> {
  return (await readdir(dbPath)).includes('WiredTiger');
}
