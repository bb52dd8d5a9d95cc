/** What a process of the bench does when its parent asks: one argument in, one answer out, both plain data. */
export type Methods = Readonly<Record<string, (input: never) => unknown>>;

export interface Call {
  id: number;
  method: string;
  input: unknown;
}

export type Answer = { id: number; result: unknown } | { id: number; error: string };

export type FromChild = { ready: true } | Answer;

/** Serves the parent until it goes away, which ends this process too. */
export function serveParent<M extends Methods>(methods: M): M {
  const send = (message: FromChild): void => {
    process.send?.(message);
  };
  const answer = async ({ id, method, input }: Call): Promise<Answer> => {
    try {
      const act = methods[method] as ((input: unknown) => unknown) | undefined;
      if (act === undefined) throw new Error(`there is no ${method}`);
      return { id, result: await act(input) };
    } catch (error) {
      return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
  };
  process.on('message', (call: Call) => void answer(call).then(send));
  process.on('disconnect', () => process.exit(0));
  // Ctrl-C reaches the whole process group; the parent closes us in order.
  process.on('SIGINT', () => undefined);
  send({ ready: true });
  return methods;
}
