import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

/** Builds what is stale of `dist`, as `npm start` does. Throws what the compiler says. */
export async function buildServer(): Promise<void> {
  const compiler = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));
  try {
    await run(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { cwd: REPOSITORY });
  } catch (error) {
    const { stdout = '' } = error as { stdout?: string };
    throw new Error(`the server does not compile:\n${stdout}`, { cause: error });
  }
}
