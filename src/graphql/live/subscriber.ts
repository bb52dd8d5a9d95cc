import type { GraphQLFormattedError } from 'graphql';

/** One that follows a subscription, as the hub sees it: the other side of a socket. */
export interface Subscriber {
  /**
   * Hands over one result as JSON text, and never waits. False once it takes no more: it left, or it was too slow and
   * has been cut off.
   */
  send(payload: string): boolean;
  /** Whether a replay may go on: it goes at the subscriber's pace. */
  hasRoom(): boolean;
  /** Resolves when what it was sent is on its way, or when it is gone. */
  ready(): Promise<void>;
  /** Cuts it off, to subscribe anew from where it stopped: what it asked for cannot be made fast enough. */
  cutOff(): void;
  /** Ends the subscription with these errors. */
  fail(errors: readonly GraphQLFormattedError[]): void;
}
