import { spawn } from 'node:child_process';
import { once } from 'node:events';
import mongoose from 'mongoose';
import { findMongod } from '../../src/mongod/find-mongod.ts';
import { freePort } from '../../src/mongod/free-port.ts';
import { eventually } from './eventually.ts';
import { testCacheDir } from './mongod.ts';

/** A mongod as a person starts it by hand. */
export interface PlainMongod extends AsyncDisposable {
  port: number;
  runAdminCommand(command: Record<string, unknown>): Promise<Record<string, unknown>>;
}

export async function startPlainMongod(dbPath: string, ...flags: string[]): Promise<PlainMongod> {
  const { path } = await findMongod({
    mongodPath: process.env['MONGOD'],
    cacheDir: testCacheDir(),
    progress: () => undefined,
    wantedMajor: undefined,
    signal: new AbortController().signal,
  });
  const port = await freePort();
  const args = ['--dbpath', dbPath, '--port', String(port), '--bind_ip', '127.0.0.1', '--nounixsocket'];
  const child = spawn(path, [...args, ...flags], { stdio: 'ignore' });
  const exited = once(child, 'exit');
  process.once('exit', () => child.kill('SIGKILL'));
  const client = new mongoose.mongo.MongoClient(`mongodb://127.0.0.1:${port}/`, { directConnection: true });
  const runAdminCommand: PlainMongod['runAdminCommand'] = (command) => client.db('admin').command(command);
  await eventually(() => runAdminCommand({ ping: 1 }), Boolean, { withinMs: 30_000, what: 'mongod answers' });
  return {
    port,
    runAdminCommand,
    async [Symbol.asyncDispose]() {
      await client.close();
      child.kill('SIGKILL');
      await exited;
    },
  };
}
