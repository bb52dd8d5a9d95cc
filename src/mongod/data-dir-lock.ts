import { createHash, randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspectProcess } from './inspect-process.ts';

export type LockOutcome = { kind: 'held'; release: () => Promise<void> } | { kind: 'inUse'; pid: number };

/**
 * Takes `opslens.lock`, which holds the owner's pid and start time. However many processes try at once,
 * exactly one holds it.
 *
 * A record is never the same twice, and the right to succeed a dead owner is a file named by the hash of its
 * record, made with `link` (which fails if the file exists). So for each record there is one successor; if that
 * one dies before it has replaced the lock, it is succeeded in the same way. The last of this chain is the owner.
 */
export async function acquireDataDirLock(dataDir: string): Promise<LockOutcome> {
  const lock = join(dataDir, 'opslens.lock');
  const record = await ownRecord();
  const temporary = `${lock}.${randomUUID()}`;
  await writeFile(temporary, record);
  try {
    for (;;) {
      const chain = await readChain(lock);
      const [first, last] = [chain[0], chain.at(-1)];
      if (first === undefined || last === undefined) {
        if (await linkIfAbsent(temporary, lock)) break;
        continue;
      }
      const owner = await livingOwner(last);
      if (owner !== undefined) return { kind: 'inUse', pid: owner };
      const claim = successorPath(lock, last);
      if (!(await linkIfAbsent(temporary, claim))) continue;
      // Someone may have replaced the lock and cleared its chain after we read it: then our claim is void.
      if ((await readIfPresent(lock)) !== first) {
        await rm(claim, { force: true });
        continue;
      }
      await rename(temporary, lock);
      for (const passed of chain) await rm(successorPath(lock, passed), { force: true });
      break;
    }
  } finally {
    await rm(temporary, { force: true });
  }
  return {
    kind: 'held',
    async release() {
      if ((await readIfPresent(lock)) === record) await rm(lock, { force: true });
    },
  };
}

async function ownRecord(): Promise<string> {
  const startedAt = (await inspectProcess(process.pid))?.startedAt;
  return `${JSON.stringify({ pid: process.pid, startedAt, nonce: randomUUID() })}\n`;
}

async function readChain(lock: string): Promise<string[]> {
  const chain: string[] = [];
  let record = await readIfPresent(lock);
  while (record !== undefined) {
    chain.push(record);
    record = await readIfPresent(successorPath(lock, record));
  }
  return chain;
}

/** The pid of a record's owner if that very process still lives. An unreadable record has no owner. */
async function livingOwner(record: string): Promise<number | undefined> {
  let owner: { pid?: unknown; startedAt?: unknown } | null;
  try {
    owner = JSON.parse(record) as typeof owner;
  } catch {
    return undefined;
  }
  if (typeof owner?.pid !== 'number') return undefined;
  const living = await inspectProcess(owner.pid);
  return living && living.startedAt === owner.startedAt ? owner.pid : undefined;
}

function successorPath(lock: string, record: string): string {
  return `${lock}.after-${createHash('sha256').update(record).digest('hex').slice(0, 32)}`;
}

async function linkIfAbsent(existing: string, path: string): Promise<boolean> {
  try {
    await link(existing, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
