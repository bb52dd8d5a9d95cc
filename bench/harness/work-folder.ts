import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface WorkFolder extends AsyncDisposable {
  path: string;
}

/** An empty folder on the disk of the system's temporary folder, gone when disposed of. */
export async function makeWorkFolder(name: string): Promise<WorkFolder> {
  const path = await realpath(await mkdtemp(join(tmpdir(), `opslens-bench-${name}-`)));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}
