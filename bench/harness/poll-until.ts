import { setTimeout as sleep } from 'node:timers/promises';

interface PollOptions {
  everyMs: number;
  limitMs: number;
  /** For the error. */
  what: string;
}

/** Asks until the answer is yes; rejects when it takes too long. */
export async function pollUntil(
  ask: () => Promise<boolean>,
  { everyMs, limitMs, what }: PollOptions,
): Promise<void> {
  const until = performance.now() + limitMs;
  while (!(await ask())) {
    if (performance.now() > until) throw new Error(`not after ${limitMs / 1000} s: ${what}`);
    await sleep(everyMs);
  }
}
