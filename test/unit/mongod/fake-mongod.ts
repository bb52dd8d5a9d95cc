import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A program that says it is a mongod of this version. */
export async function writeFakeMongod(path: string, version: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!/bin/sh\necho 'db version v${version}'\n`);
  await chmod(path, 0o755);
  return path;
}
