const ASK_AGAIN_MS = 20;

/**
 * Resolves with the first answer of `read` that `isEnough` accepts; rejects once the promise is broken: `what` did not
 * come about `withinMs`. An error of `read` counts as an answer that is not enough.
 */
export async function eventually<T>(
  read: () => T | Promise<T>,
  isEnough: (value: T) => boolean,
  { withinMs, what }: { withinMs: number; what: string },
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    let last: { value: T } | { error: unknown };
    try {
      last = { value: await read() };
      if (isEnough(last.value)) return last.value;
    } catch (error) {
      last = { error };
    }
    if (performance.now() > deadline) {
      throw new Error(`${what}: not within ${withinMs} ms; last seen: ${describe(last)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
}

function describe(last: { value: unknown } | { error: unknown }): string {
  if ('error' in last) return String(last.error);
  const text = JSON.stringify(last.value) ?? String(last.value);
  return text.length > 500 ? `${text.slice(0, 500)}…` : text;
}
