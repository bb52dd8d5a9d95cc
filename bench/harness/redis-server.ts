import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../src/mongod/free-port.ts';

export interface RedisServer extends AsyncDisposable {
  pid: number;
  port: number;
}

const TRIES = 100;
const TRY_MS = 50;

/** A Redis of our own on an empty folder, its log flushed each second; null where there is no `redis-server`. */
export async function startRedisServer(folder: string): Promise<RedisServer | null> {
  const port = await freePort();
  const settings = {
    port: String(port),
    bind: '127.0.0.1',
    dir: folder,
    appendonly: 'yes',
    appendfsync: 'everysec',
    save: '',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  // A process group of its own: Ctrl-C must not end it before what uses it.
  const child = spawn('redis-server', args, { detached: true, stdio: 'ignore' });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    await once(child, 'spawn');
  } catch {
    return null;
  }
  for (let i = 0; !(await answers(port)); i++) {
    if (i === TRIES || child.exitCode !== null) throw new Error('redis-server does not start');
    await sleep(TRY_MS);
  }
  return {
    pid: child.pid ?? 0,
    port,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => socket.end('PING\r\n'));
    socket.once('data', (reply) => resolve(reply.toString().startsWith('+PONG')));
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });
}
