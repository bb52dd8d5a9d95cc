import { expect, it } from 'vitest';
import { createTokenBucket } from '../../../src/kernel/token-bucket.ts';

function count(bucket: ReturnType<typeof createTokenBucket>): number {
  let taken = 0;
  while (bucket.hasToken()) {
    bucket.take();
    taken++;
  }
  return taken;
}

it('lets a burst pass and then so many a second', () => {
  let now = 0;
  const bucket = createTokenBucket({ perSecond: 4, burst: 2, clock: { monotonic: () => now } });
  expect(count(bucket)).toBe(2);
  now += 249;
  expect(count(bucket)).toBe(0);
  now += 1;
  expect(count(bucket)).toBe(1);
  now += 3_600_000;
  expect(count(bucket)).toBe(2);
});

it('loses nothing of its rate to callers that come late', () => {
  let now = 0;
  const bucket = createTokenBucket({ perSecond: 7, burst: 1.7, clock: { monotonic: () => now } });
  let passed = 0;
  for (; now < 10_000; now += 50) passed += count(bucket);
  expect(passed).toBeGreaterThanOrEqual(69);
  expect(passed).toBeLessThanOrEqual(72);
});
