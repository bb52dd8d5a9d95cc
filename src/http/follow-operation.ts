import type { MessageEnd } from './message-end.ts';
import type { OutgoingFrames } from './outgoing-frames.ts';

/** What is followed on behalf of one operation. */
export interface Follower {
  send(payload: string): boolean;
  hasRoom(): boolean;
  ready(): Promise<void>;
  cutOff(): void;
  fail(errors: readonly object[]): void;
}

interface Options {
  id: string;
  frames: OutgoingFrames;
  /** How a message with this payload ends: the same for all that are sent it in a row. */
  messageEnd: (payload: string) => MessageEnd;
  /** Begins to follow; the returned function ends it. */
  open: (follower: Follower) => () => void;
  /** It is over before the client said so: nothing more may be sent about it. */
  onFailed: () => void;
  /** It is over, for whatever reason. */
  onClosed: () => void;
}

export interface FollowedOperation extends AsyncIterableIterator<never> {
  /** Ends it, however often. */
  close(): void;
}

/**
 * An operation as graphql-ws wants to see it, a stream that it may end: results are written by others once for all who
 * share them, and each socket adds but the operation's id. The stream itself never brings anything, not even its end,
 * upon which graphql-ws would forget the operation of this id, and that may be another one by then.
 */
export function followOperation({
  id,
  frames,
  messageEnd,
  open,
  onFailed,
  onClosed,
}: Options): FollowedOperation {
  const head = `{"id":${JSON.stringify(id)},"type":`;
  const next = Buffer.from(`${head}"next","payload":`);
  let closed = false;

  const stop = open({
    send: (payload) => !closed && frames.sendParts(next, messageEnd(payload)),
    hasRoom: () => closed || frames.hasRoom(),
    ready: () => frames.ready(),
    cutOff: () => frames.cutOff(),
    fail(errors) {
      if (closed) return;
      frames.send(`${head}"error","payload":${JSON.stringify(errors)}}`);
      close();
      onFailed();
    },
  });

  const close = (): void => {
    if (closed) return;
    closed = true;
    stop();
    onClosed();
  };

  return {
    close,
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () => new Promise(() => undefined),
    return() {
      close();
      return Promise.resolve({ done: true, value: undefined });
    },
  };
}
