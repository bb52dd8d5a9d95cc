/** What was started, to be closed in reverse order. */
export interface ClosingStack extends AsyncDisposable {
  /** Closes `resource` with the stack; returns it. */
  use<T extends AsyncDisposable>(resource: T): T;
  defer(close: () => PromiseLike<unknown> | void): void;
}

/** Disposing it twice closes once. A failure is reported and does not keep the rest from closing. */
export function createClosingStack(onError: (error: unknown) => void): ClosingStack {
  const closers: (() => PromiseLike<unknown> | void)[] = [];
  let closed: Promise<void> | undefined;

  const close = async (): Promise<void> => {
    for (let next = closers.pop(); next !== undefined; next = closers.pop()) {
      try {
        await next();
      } catch (error) {
        onError(error);
      }
    }
  };

  return {
    use(resource) {
      closers.push(() => resource[Symbol.asyncDispose]());
      return resource;
    },
    defer(closer) {
      closers.push(closer);
    },
    [Symbol.asyncDispose]() {
      closed ??= close();
      return closed;
    },
  };
}
