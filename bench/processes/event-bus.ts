/** An in-memory bus as GraphQL servers are shown with: each subscriber has a queue of its own, without a bound. */
export interface EventBus<T> {
  publish(value: T): void;
  subscribe(): AsyncIterableIterator<T>;
}

export function createEventBus<T>(): EventBus<T> {
  const listeners = new Set<(value: T) => void>();

  return {
    publish(value) {
      for (const listen of listeners) listen(value);
    },

    subscribe() {
      const values: T[] = [];
      const waiting: ((result: IteratorResult<T>) => void)[] = [];
      const listen = (value: T): void => {
        const next = waiting.shift();
        if (next === undefined) values.push(value);
        else next({ done: false, value });
      };
      listeners.add(listen);
      return {
        next() {
          const value = values.shift();
          if (value !== undefined) return Promise.resolve({ done: false, value });
          return new Promise((resolve) => waiting.push(resolve));
        },
        return() {
          listeners.delete(listen);
          for (const end of waiting.splice(0)) end({ done: true, value: undefined });
          return Promise.resolve({ done: true, value: undefined });
        },
        [Symbol.asyncIterator]() {
          return this;
        },
      };
    },
  };
}
