import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { LockOutcome } from '../../../src/mongod/data-dir-lock.ts';
import { acquireDataDirLock } from '../../../src/mongod/data-dir-lock.ts';
import { inspectProcess } from '../../../src/mongod/inspect-process.ts';
import { temporaryFolder } from '../../support/mongod.ts';

const DEAD = `${JSON.stringify({ pid: 99_999_999, startedAt: 'long ago', nonce: 'a' })}\n`;
const DEAD_TOO = `${JSON.stringify({ pid: 99_999_999, startedAt: 'long ago', nonce: 'b' })}\n`;

function successorOf(record: string): string {
  return `opslens.lock.after-${createHash('sha256').update(record).digest('hex').slice(0, 32)}`;
}

async function takeAtOnce(folder: string, count: number): Promise<LockOutcome[]> {
  return Promise.all(Array.from({ length: count }, () => acquireDataDirLock(folder)));
}

function holders(outcomes: LockOutcome[]): LockOutcome[] {
  return outcomes.filter(({ kind }) => kind === 'held');
}

test('the lock tells pid and start time of its owner, and is gone once released', async () => {
  const folder = await temporaryFolder();

  const lock = await acquireDataDirLock(folder);

  expect(JSON.parse(await readFile(join(folder, 'opslens.lock'), 'utf8'))).toMatchObject({
    pid: process.pid,
    startedAt: (await inspectProcess(process.pid))?.startedAt,
  });
  if (lock.kind === 'held') await lock.release();
  expect(await readdir(folder)).toEqual([]);
});

test.each([
  ['on a free folder', {}],
  ['on the lock of a dead process', { 'opslens.lock': DEAD }],
  ['on a lock with nothing in it', { 'opslens.lock': '' }],
  ['where one died in the middle of taking over', { 'opslens.lock': DEAD, [successorOf(DEAD)]: DEAD_TOO }],
])('of many that try at once %s, exactly one holds it', async (_case, files) => {
  for (let round = 0; round < 20; round++) {
    const folder = await temporaryFolder();
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);

    const outcomes = await takeAtOnce(folder, 12);

    expect(holders(outcomes)).toHaveLength(1);
    expect(await readdir(folder)).toEqual(['opslens.lock']);
  }
});

test('a process that got the pid of a dead owner is not taken for it', async () => {
  const folder = await temporaryFolder();
  const reused = { pid: process.pid, startedAt: 'before this process began', nonce: 'a' };
  await writeFile(join(folder, 'opslens.lock'), JSON.stringify(reused));

  expect((await acquireDataDirLock(folder)).kind).toBe('held');
});

test('who is refused hears the pid of the owner, and leaves the lock alone', async () => {
  const folder = await temporaryFolder();
  await acquireDataDirLock(folder);
  const before = await readFile(join(folder, 'opslens.lock'), 'utf8');

  expect(await acquireDataDirLock(folder)).toEqual({ kind: 'inUse', pid: process.pid });
  expect(await readFile(join(folder, 'opslens.lock'), 'utf8')).toBe(before);
});

test('a release that comes late does not remove the lock of the next owner', async () => {
  const folder = await temporaryFolder();
  const first = await acquireDataDirLock(folder);
  if (first.kind !== 'held') throw new Error('not held');
  await first.release();
  const second = await acquireDataDirLock(folder);

  await first.release();

  expect(second.kind).toBe('held');
  expect(await readdir(folder)).toEqual(['opslens.lock']);
});
