import { expect, test } from 'vitest';
import { createGate } from '../../../src/kernel/gate.ts';

test('a gate lets a few work at a time, in turn, and goes on where one of them fails', async () => {
  const gate = createGate(2);
  const begun: number[] = [];
  const enders: (() => void)[] = [];
  let running = 0;
  let most = 0;
  const works = Array.from({ length: 6 }, (_, n) =>
    gate(async () => {
      begun.push(n);
      most = Math.max(most, (running += 1));
      await new Promise<void>((end) => enders.push(end));
      running -= 1;
      if (n % 2 === 0) throw new Error(`${n} failed`);
      return n;
    }),
  );
  const settled = Promise.allSettled(works);
  for (let n = 0; n < works.length; n += 1) {
    await expect.poll(() => enders.length).toBeGreaterThan(n);
    enders[n]?.();
  }
  const outcomes = (await settled).map((one) =>
    one.status === 'fulfilled' ? one.value : String(one.reason),
  );
  expect(outcomes).toEqual(['Error: 0 failed', 1, 'Error: 2 failed', 3, 'Error: 4 failed', 5]);
  expect(begun).toEqual([0, 1, 2, 3, 4, 5]);
  expect(most).toBe(2);
});

test('who waits at a gate leaves with its signal and takes no place from others', async () => {
  const gate = createGate(1);
  let end: () => void = () => undefined;
  const first = gate(() => new Promise<void>((resolve) => (end = resolve)));
  const controller = new AbortController();
  const begun: string[] = [];
  const begin = (name: string) => (): Promise<number> => Promise.resolve(begun.push(name));
  const leaving = gate(begin('leaving'), controller.signal);
  const staying = gate(begin('staying'), new AbortController().signal);
  const reason = new Error('gone');
  controller.abort(reason);
  await expect(leaving).rejects.toBe(reason);
  await expect(gate(begin('late'), controller.signal)).rejects.toBe(reason);
  end();
  await Promise.all([first, staying]);
  await gate(begin('last'));
  expect(begun).toEqual(['staying', 'last']);
});
