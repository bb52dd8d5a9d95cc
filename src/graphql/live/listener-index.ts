/** Listeners by the values that they wait for. One that waits for none in particular is called for each. */
export interface ListenerIndex<L> {
  /** Returns the function that takes it out again. */
  add(values: readonly string[] | null, listener: L): () => void;
  /** Those that wait for this value, and those that wait for any. */
  of(value: string | null): Iterable<L>;
  has(value: string | null): boolean;
  size(): number;
}

export function createListenerIndex<L>(): ListenerIndex<L> {
  const ofAny = new Set<L>();
  const ofValue = new Map<string, Set<L>>();
  let size = 0;

  const put = (value: string, listener: L): void => {
    const listeners = ofValue.get(value) ?? new Set();
    ofValue.set(value, listeners.add(listener));
  };

  const take = (value: string, listener: L): void => {
    const listeners = ofValue.get(value);
    if (listeners?.delete(listener) && listeners.size === 0) ofValue.delete(value);
  };

  return {
    add(values, listener) {
      size += 1;
      if (values === null) ofAny.add(listener);
      else for (const value of values) put(value, listener);
      let inside = true;
      return () => {
        if (!inside) return;
        inside = false;
        size -= 1;
        if (values === null) ofAny.delete(listener);
        else for (const value of values) take(value, listener);
      };
    },

    *of(value) {
      yield* ofAny;
      if (value !== null) yield* ofValue.get(value) ?? [];
    },

    has: (value) => ofAny.size > 0 || (value !== null && ofValue.has(value)),
    size: () => size,
  };
}
