import { existsSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import mongoose from 'mongoose';
import type { Connection } from 'mongoose';
import { expect, onTestFinished, test } from 'vitest';
import { prepareDataDir } from '../../../src/mongod/data-dir-layout.ts';
import { findMongod } from '../../../src/mongod/find-mongod.ts';
import { freePort } from '../../../src/mongod/free-port.ts';
import { inspectProcess } from '../../../src/mongod/inspect-process.ts';
import { spawnMongod } from '../../../src/mongod/spawn-mongod.ts';
import { createAdminCommand } from '../../../src/store/admin-command.ts';
import { startTestMongod, temporaryFolder, testMongodOptions } from '../../support/mongod.ts';
import { startOwner } from './start-owner.ts';

const JOURNALED = { writeConcern: { w: 'majority', j: true } } as const;

async function connectTo(uri: string): Promise<Connection> {
  return mongoose.createConnection(uri, { serverSelectionTimeoutMS: 5_000 }).asPromise();
}

async function writeTo(uri: string, name: string): Promise<void> {
  const connection = await connectTo(uri);
  await connection.collection('notes').insertOne({ name }, JOURNALED);
  await connection.close();
}

async function namesIn(uri: string): Promise<string[]> {
  const connection = await connectTo(uri);
  const notes = await connection.collection<{ name: string }>('notes').find().toArray();
  await connection.close();
  return notes.map(({ name }) => name).toSorted();
}

function portOf(uri: string): number {
  return Number(new URL(uri).port);
}

async function isAlive(pid: number | undefined): Promise<boolean> {
  return pid !== undefined && (await inspectProcess(pid)) !== undefined;
}

/** A callback and the promise of its first call. */
function nextRestart(): { promise: Promise<{ pid: number }>; resolve: (mongod: { pid: number }) => void } {
  let resolve: (mongod: { pid: number }) => void = () => undefined;
  const promise = new Promise<{ pid: number }>((fulfil) => {
    resolve = fulfil;
  });
  return { promise, resolve };
}

test('the first start makes a replica set that takes transactions, and a stop leaves neither process nor lock', async () => {
  const dataDir = await temporaryFolder();
  const mongod = await startTestMongod(dataDir);
  const pid = mongod.pid();
  const connection = await connectTo(mongod.uri);
  await connection.transaction(async (session) => {
    await connection.collection('notes').insertOne({ name: 'first' }, { session });
  });
  await connection.close();
  expect(await namesIn(mongod.uri)).toEqual(['first']);

  await Promise.all([mongod[Symbol.asyncDispose](), mongod[Symbol.asyncDispose]()]);

  expect(mongod.pid()).toBeUndefined();
  expect(await isAlive(pid)).toBe(false);
  expect(existsSync(join(dataDir, 'opslens.lock'))).toBe(false);
});

test('a restart keeps the data and the address', async () => {
  const dataDir = await temporaryFolder();
  const first = await startTestMongod(dataDir);
  await writeTo(first.uri, 'kept');
  await first[Symbol.asyncDispose]();

  const second = await startTestMongod(dataDir);

  expect(second.uri).toBe(first.uri);
  await writeTo(second.uri, 'new');
  expect(await namesIn(second.uri)).toEqual(['kept', 'new']);
});

test('a restart keeps the data even when its port was taken by another program', async () => {
  const dataDir = await temporaryFolder();
  const first = await startTestMongod(dataDir);
  await writeTo(first.uri, 'kept');
  await first[Symbol.asyncDispose]();
  // Taken, so that the second start cannot get the same one.
  const occupant = createServer((socket) => socket.destroy()).listen(portOf(first.uri), '127.0.0.1');
  onTestFinished(() => void occupant.close());

  const second = await startTestMongod(dataDir);

  expect(portOf(second.uri)).not.toBe(portOf(first.uri));
  await writeTo(second.uri, 'new');
  expect(await namesIn(second.uri)).toEqual(['kept', 'new']);
});

test('a mongod whose owner was killed is taken over as it runs, and stopped by its new owner', async () => {
  const dataDir = await temporaryFolder();
  const owner = startOwner(dataDir);
  const up = await owner.nextLine();
  if (up.kind !== 'up') throw new Error(up.kind);
  await writeTo(up.uri, 'before');
  await owner.kill();

  const mongod = await startTestMongod(dataDir);

  expect(mongod.pid()).toBe(up.mongodPid);
  expect(mongod.uri).toBe(up.uri);
  await writeTo(mongod.uri, 'after');
  expect(await namesIn(mongod.uri)).toEqual(['after', 'before']);
  await mongod[Symbol.asyncDispose]();
  expect(await isAlive(up.mongodPid)).toBe(false);
});

test('a mongod whose owner was killed the moment it had started it does not stand in the way', async () => {
  const dataDir = await temporaryFolder();
  const { path } = await findMongod(testMongodOptions(dataDir));
  const layout = await prepareDataDir(dataDir);
  // It has not yet noted its pid in the folder, so it cannot be found there.
  const orphan = await spawnMongod({ ...layout, path, port: await freePort(), extraArgs: [] });

  const mongod = await startTestMongod(dataDir);

  await writeTo(mongod.uri, 'written');
  await mongod[Symbol.asyncDispose]();
  await orphan.exited;
});

test('when owner and mongod were both killed, the next start recovers what was journaled', async () => {
  const dataDir = await temporaryFolder();
  const owner = startOwner(dataDir);
  const up = await owner.nextLine();
  if (up.kind !== 'up') throw new Error(up.kind);
  await writeTo(up.uri, 'journaled');
  await owner.kill();
  process.kill(up.mongodPid, 'SIGKILL');

  const mongod = await startTestMongod(dataDir);

  expect(mongod.pid()).not.toBe(up.mongodPid);
  expect(await namesIn(mongod.uri)).toEqual(['journaled']);
});

test('a living owner is not robbed: the refusal names its pid and the address to share', async () => {
  const dataDir = await temporaryFolder();
  const owner = startOwner(dataDir);
  const up = await owner.nextLine();
  if (up.kind !== 'up') throw new Error(up.kind);

  const refused = startTestMongod(dataDir);

  await expect(refused).rejects.toMatchObject({
    name: 'DataDirInUseError',
    owner: { pid: owner.pid, uri: up.uri },
    message: expect.stringMatching(
      new RegExp(`pid ${owner.pid}\\b.*MONGODB_URI='mongodb://127.0.0.1:`),
    ) as string,
  });
  await owner.stop();
  expect(await isAlive(up.mongodPid)).toBe(false);
  await startTestMongod(dataDir);
});

test('of two processes that start at once, one wins and the other is refused', async () => {
  const dataDir = await temporaryFolder();
  const owners = [startOwner(dataDir), startOwner(dataDir)];

  const lines = await Promise.all(owners.map((owner) => owner.nextLine()));

  expect(lines.map(({ kind }) => kind).toSorted()).toEqual(['refused', 'up']);
  const winner = owners[lines.findIndex(({ kind }) => kind === 'up')];
  const refusal = lines.find((line) => line.kind === 'refused');
  expect(refusal).toMatchObject({
    name: 'DataDirInUseError',
    message: expect.stringContaining(`pid ${winner?.pid}`) as string,
  });
  await winner?.stop();
});

test('a mongod that dies comes back on its port, and a driver that was connected goes on by itself', async () => {
  const restarted = nextRestart();
  const mongod = await startTestMongod(await temporaryFolder(), { onRestart: restarted.resolve });
  const connection = await connectTo(mongod.uri);
  await connection.collection('notes').insertOne({ name: 'before' }, JOURNALED);
  const killed = mongod.pid() as number;

  process.kill(killed, 'SIGKILL');

  const { pid } = await restarted.promise;
  expect(mongod.pid()).toBe(pid);
  expect(pid).not.toBe(killed);
  await connection.collection('notes').insertOne({ name: 'after' }, JOURNALED);
  await connection.close();
  expect(await namesIn(mongod.uri)).toEqual(['after', 'before']);
});

test('a mongod that was taken over is restarted too', async () => {
  const dataDir = await temporaryFolder();
  const owner = startOwner(dataDir);
  const up = await owner.nextLine();
  if (up.kind !== 'up') throw new Error(up.kind);
  await owner.kill();
  const restarted = nextRestart();
  const mongod = await startTestMongod(dataDir, { onRestart: restarted.resolve });

  process.kill(up.mongodPid, 'SIGKILL');
  await restarted.promise;

  await writeTo(mongod.uri, 'after');
  expect(await namesIn(mongod.uri)).toEqual(['after']);
});

test('Ctrl-C in the terminal does not reach mongod', async () => {
  const owner = startOwner(await temporaryFolder());
  const up = await owner.nextLine();
  if (up.kind !== 'up') throw new Error(up.kind);

  owner.interruptGroup();

  expect(await owner.nextLine()).toEqual({ kind: 'interrupted' });
  expect(await createAdminCommand()(portOf(up.uri), { ping: 1 })).toMatchObject({ ok: 1 });
  expect(await isAlive(up.mongodPid)).toBe(true);
  await owner.stop();
});

test('a mongod of another major than the one that wrote the data is passed over, and the message says so', async () => {
  const dataDir = await temporaryFolder();
  const mongod = join(await temporaryFolder(), 'mongod');
  await writeFile(mongod, '#!/bin/sh\necho db version v99.0.1\n');
  await chmod(mongod, 0o755);
  const first = await startTestMongod(dataDir);
  await first[Symbol.asyncDispose]();
  const told: string[] = [];

  const second = await startTestMongod(dataDir, { mongodPath: mongod, progress: (line) => told.push(line) });

  expect(second.pid()).toBeGreaterThan(0);
  expect(told.join('\n')).toMatch(/MONGOD=.*is 99\.0\.1, but the data was written by MongoDB \d/);
});

test('a mongod that does not come up is reported with what it said last, and the folder is free again', async () => {
  const dataDir = await temporaryFolder();
  const mongod = join(await temporaryFolder(), 'mongod');
  await writeFile(
    mongod,
    '#!/bin/sh\n[ "$1" = --version ] && echo db version v98.0.9 && exit\necho cannot load libfoo >&2\nexit 127\n',
  );
  await chmod(mongod, 0o755);

  await expect(startTestMongod(dataDir, { mongodPath: mongod })).rejects.toMatchObject({
    name: 'MongodStartError',
    message: expect.stringMatching(/exit code 127[^]*cannot load libfoo/) as string,
  });

  await startTestMongod(dataDir);
});

test('an aborted start leaves neither process nor lock', async () => {
  const dataDir = await temporaryFolder();
  const abort = new AbortController();
  const runAdminCommand = testMongodOptions(dataDir).runAdminCommand;
  const start = startTestMongod(dataDir, {
    signal: abort.signal,
    runAdminCommand: (port, command) => {
      abort.abort(new Error('changed my mind'));
      return runAdminCommand(port, command);
    },
  });

  await expect(start).rejects.toThrow('changed my mind');

  expect(existsSync(join(dataDir, 'opslens.lock'))).toBe(false);
  const next = await startTestMongod(dataDir);
  await writeTo(next.uri, 'fresh');
});
