import { expect, onTestFinished, test, vi } from 'vitest';
import type { MongodExit, MongodProcess } from '../../../src/mongod/mongod-process.ts';
import { stopMongod } from '../../../src/mongod/stop-mongod.ts';

function fakeMongod(endsOn: string): { mongod: MongodProcess; sent: string[] } {
  const sent: string[] = [];
  let end: (exit: MongodExit) => void = () => undefined;
  const exited = new Promise<MongodExit>((resolve) => {
    end = resolve;
  });
  const signal = (name: string): Promise<void> => {
    sent.push(name);
    if (name === endsOn) end({ how: name, code: undefined });
    return Promise.resolve();
  };
  return { mongod: { pid: 1, port: 1, adopted: false, logStart: 0, exited, signal }, sent };
}

const noCommand = (): Promise<never> => Promise.reject(new Error('not reachable'));

test('a mongod that ends in order is not killed', async () => {
  const { mongod, sent } = fakeMongod('SIGTERM');
  await stopMongod(mongod, noCommand);
  expect(sent).toEqual(['SIGTERM']);
});

test('one that does not end in ten seconds is killed', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { mongod, sent } = fakeMongod('SIGKILL');
  const stopping = stopMongod(mongod, noCommand);

  await vi.advanceTimersByTimeAsync(9_999);
  expect(sent).toEqual(['SIGTERM']);
  await vi.advanceTimersByTimeAsync(1);

  await stopping;
  expect(sent).toEqual(['SIGTERM', 'SIGKILL']);
});
