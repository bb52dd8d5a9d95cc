import { expect, test } from 'vitest';
import { createMemoryFold, minute, signal } from '../../support/memory-fold.ts';

test('a batch of signals that all are late is decided after a handful of reads', async () => {
  const fold = createMemoryFold();
  const keys = Array.from({ length: 40 }, (_, n) => `key ${n}`);
  for (const key of keys) {
    const at = (kind: 'TRIGGER' | 'RESOLVE', n: number) =>
      signal(kind, minute(n), { key, reuse: 'EPISODES' });
    await fold.receive(at('TRIGGER', 0), at('RESOLVE', 5), at('TRIGGER', 60));
  }
  fold.reads.count = 0;
  const results = await fold.receiveBatch(
    keys.map((key) => [signal('ACKNOWLEDGE', minute(3), { key, reuse: 'EPISODES' })]),
  );
  expect(results.every(({ outcome }) => outcome === 'APPLIED')).toBe(true);
  expect(fold.reads.count).toBeLessThanOrEqual(3);
});
