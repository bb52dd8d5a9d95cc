import { fork } from 'node:child_process';
import { once } from 'node:events';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Call, FromChild, Methods } from '../processes/parent-link.ts';

/** A load generator, sink or baseline in a process of its own, and how to ask it for things. */
export interface BenchProcess<M extends Methods> extends AsyncDisposable {
  pid: number;
  call<K extends keyof M & string>(method: K, ...input: Parameters<M[K]>): Promise<Awaited<ReturnType<M[K]>>>;
}

const ANSWER_LIMIT_MS = 150_000;
const EXIT_LIMIT_MS = 2000;

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** Starts the file under tsx; ready when this returns. */
export async function startBenchProcess<M extends Methods>(file: URL): Promise<BenchProcess<M>> {
  const path = fileURLToPath(file);
  const name = basename(path, '.ts');
  const child = fork(path, {
    execArgv: ['--import', import.meta.resolve('tsx')],
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let isDisposing = false;
  const exited = once(child, 'exit');
  const isReady = new Promise<void>((resolve, reject) => {
    child.on('message', (message: FromChild) => {
      if ('ready' in message) return resolve();
      const call = waiting.get(message.id);
      waiting.delete(message.id);
      if ('error' in message) call?.reject(new Error(`${name}: ${message.error}`));
      else call?.resolve(message.result);
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (isDisposing) return;
      const ended = new Error(`${name} ended by itself: ${signal ?? code}`);
      reject(ended);
      for (const { reject: refuse } of waiting.values()) refuse(ended);
      waiting.clear();
    });
  });
  await isReady;
  return {
    pid: child.pid ?? 0,
    call(method, ...[input]) {
      const call: Call = { id: (lastId += 1), method, input };
      return new Promise((resolve, reject) => {
        const tooLong = setTimeout(() => reject(new Error(`${name}: ${method} has no end`)), ANSWER_LIMIT_MS);
        waiting.set(call.id, {
          resolve(result) {
            clearTimeout(tooLong);
            resolve(result as Awaited<ReturnType<M[typeof method]>>);
          },
          reject(error) {
            clearTimeout(tooLong);
            reject(error);
          },
        });
        child.send(call);
      });
    },
    async [Symbol.asyncDispose]() {
      isDisposing = true;
      if (child.connected) child.disconnect();
      const kill = setTimeout(() => child.kill('SIGKILL'), EXIT_LIMIT_MS);
      await exited;
      clearTimeout(kill);
    },
  };
}
