import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Event } from '../../../../src/domain/event.ts';
import { createEventPages } from '../../../../src/graphql/live/event-pages.ts';
import { usedMemory } from '../../../support/used-memory.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** Reads one page, of which nobody but the pages themselves can still know afterwards. */
async function readOne(pages: ReturnType<typeof createEventPages>, from: number): Promise<WeakRef<Event>> {
  const [event] = await pages.after(from, 1_000);
  if (event === undefined) throw new Error('an empty page');
  return new WeakRef(event);
}

test('pages are forgotten a second after they were read, also where nobody comes back to replay', async () => {
  let reads = 0;
  const pages = createEventPages({
    history: {
      after(from) {
        reads += 1;
        return Promise.resolve([{ sequence: from + 1 } as Event]);
      },
    },
  });
  const first = await readOne(pages, 0);
  await vi.advanceTimersByTimeAsync(600);
  const second = await readOne(pages, 100);
  await readOne(pages, 0);
  expect(reads).toBe(2);
  await usedMemory();
  expect([first.deref() === undefined, second.deref() === undefined]).toEqual([false, false]);

  await vi.advanceTimersByTimeAsync(400);
  await usedMemory();
  expect([first.deref() === undefined, second.deref() === undefined]).toEqual([true, false]);
  await vi.advanceTimersByTimeAsync(600);
  await usedMemory();
  expect(second.deref()).toBeUndefined();
});
