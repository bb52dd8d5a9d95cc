import type { OutgoingFrames } from './outgoing-frames.ts';

/** What is followed on behalf of one operation. */
export interface Follower {
  send(payload: string): boolean;
  ready(): Promise<void>;
  cutOff(): void;
  fail(errors: readonly object[]): void;
}

interface Options {
  id: string;
  frames: OutgoingFrames;
  /** Begins to follow; the returned function ends it. */
  open: (follower: Follower) => () => void;
  /** The operation is over before the client said so: nothing more may be sent about it. */
  onFailed: () => void;
}

/**
 * An operation as graphql-ws wants to see it, a stream, of which only the end is ever seen: results are written by
 * others once for all who share them, and each socket adds but the operation's id.
 */
export function followOperation({ id, frames, open, onFailed }: Options): AsyncIterableIterator<never> {
  const head = `{"id":${JSON.stringify(id)},"type":`;
  let end: () => void = () => undefined;
  const ended = new Promise<IteratorResult<never>>((resolve) => {
    end = () => resolve({ done: true, value: undefined });
  });

  const close = open({
    send: (payload) => frames.send(`${head}"next","payload":${payload}}`),
    ready: () => frames.ready(),
    cutOff: () => frames.cutOff(),
    fail(errors) {
      frames.send(`${head}"error","payload":${JSON.stringify(errors)}}`);
      onFailed();
      close();
      end();
    },
  });

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () => ended,
    return() {
      close();
      end();
      return ended;
    },
  };
}
