import { expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../../../src/kernel/clock.ts';
import { createLogger } from '../../../src/kernel/logger.ts';
import type { MongodProcess } from '../../../src/mongod/mongod-process.ts';
import type { SuperviseMongodOptions } from '../../../src/mongod/supervise-mongod.ts';
import { superviseMongod } from '../../../src/mongod/supervise-mongod.ts';

const living: MongodProcess = {
  pid: 1,
  port: 20_001,
  adopted: false,
  logStart: 0,
  exited: new Promise(() => undefined),
  signal: () => Promise.resolve(),
};
const dead: MongodProcess = { ...living, exited: Promise.resolve({ how: 'SIGKILL', code: undefined }) };

function supervise(overrides: Partial<SuperviseMongodOptions>): ReturnType<typeof superviseMongod> {
  return superviseMongod({
    first: dead,
    relaunch: () => Promise.resolve(living),
    stop: () => Promise.resolve(),
    onRestart: () => undefined,
    logger: createLogger('silent'),
    clock: systemClock,
    ...overrides,
  });
}

test('failed restarts come ever more slowly, at most ten seconds apart', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const at: number[] = [];
  const start = Date.now();
  const supervision = supervise({
    relaunch: (port) => {
      expect(port).toBe(dead.port);
      at.push(Date.now() - start);
      return at.length < 11 ? Promise.reject(new Error('no')) : Promise.resolve(living);
    },
  });

  await vi.advanceTimersByTimeAsync(60_000);

  const gaps = at.map((time, i) => time - (at[i - 1] ?? 0));
  expect(gaps).toEqual([50, 100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000, 10_000]);
  expect(supervision.current()).toBe(living);
});

test('disposing while none runs stops nothing and starts nothing more', async () => {
  const stop = vi.fn(() => Promise.resolve());
  const relaunched = vi.fn();
  const supervision = supervise({
    stop,
    relaunch: (_port, signal) => {
      relaunched();
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
      });
    },
  });
  await vi.waitFor(() => expect(relaunched).toHaveBeenCalledOnce());

  await supervision[Symbol.asyncDispose]();

  expect(stop).not.toHaveBeenCalled();
  expect(relaunched).toHaveBeenCalledOnce();
});
