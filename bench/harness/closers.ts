/** Things that must be closed whatever happens, the last opened first; a signal closes them too. */
export interface Closers extends AsyncDisposable {
  use<T extends AsyncDisposable>(thing: T): T;
}

export function createClosers(): Closers {
  const things: AsyncDisposable[] = [];
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    for (const thing of things.toReversed()) {
      try {
        await thing[Symbol.asyncDispose]();
      } catch (error) {
        process.stderr.write(`bench: not closed in order: ${String(error)}\n`);
      }
    }
  };
  return {
    use(thing) {
      things.push(thing);
      return thing;
    },
    [Symbol.asyncDispose]: () => (closing ??= close()),
  };
}
