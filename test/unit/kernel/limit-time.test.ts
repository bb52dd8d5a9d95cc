import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EndedError, limitTime } from '../../../src/kernel/limit-time.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = (): Promise<never> => new Promise(() => undefined);
const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });

test('work that is done in time gives its result or its error, and leaves no timer', async () => {
  expect(await limitTime({ ms: 1000, work: () => Promise.resolve(1) })).toEqual({ result: 1 });
  const failure = new Error('no');
  await expect(limitTime({ ms: 1000, work: () => Promise.reject(failure) })).rejects.toBe(failure);
  expect(vi.getTimerCount()).toBe(0);
});

test.each([
  ['stops at once', untilAborted],
  ['never ends', never],
])('work that %s is ended when its time is up', async (_name, work) => {
  const outcome = limitTime({ ms: 1000, work });
  await vi.advanceTimersByTimeAsync(1100);
  expect(await outcome).toEqual({ ended: expect.any(EndedError) });
  expect(await outcome).toMatchObject({ ended: { ending: 'TIME_UP', message: 'Not done within 1 s' } });
  expect(vi.getTimerCount()).toBe(0);
});

test('what work that is ended can still say is taken', async () => {
  const outcome = limitTime({ ms: 1000, work: (signal) => untilAborted(signal).catch(() => 'half') });
  await vi.advanceTimersByTimeAsync(1000);
  expect(await outcome).toEqual({ result: 'half' });
});

test('work for a caller that is gone is ended soon, but not what is done by then', async () => {
  const gone = new AbortController();
  const long = limitTime({ ms: 60_000, gone: gone.signal, work: untilAborted });
  const short = limitTime({
    ms: 60_000,
    gone: gone.signal,
    work: () => new Promise((resolve) => setTimeout(resolve, 20, 'done')),
  });
  gone.abort();
  const late = limitTime({ ms: 60_000, gone: gone.signal, work: untilAborted });
  await vi.advanceTimersByTimeAsync(20);
  expect(await short).toEqual({ result: 'done' });
  await vi.advanceTimersByTimeAsync(80);
  expect(await long).toMatchObject({ ended: { ending: 'CALLER_GONE' } });
  expect(await late).toMatchObject({ ended: { ending: 'CALLER_GONE' } });
  expect(vi.getTimerCount()).toBe(0);
  expect(getEventListeners(gone.signal, 'abort')).toEqual([]);
});
