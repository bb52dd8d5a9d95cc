import type { MessageEnd } from './message-end.ts';

/** What waits in memory to be written, over all sockets. What waits on many of them counts once. */
export interface UnwrittenMessages {
  add(end: MessageEnd): void;
  remove(end: MessageEnd): void;
  /** Whether that is so much that those who read slowly must give way. */
  isTooMuch(): boolean;
}

const DEFAULT_MAX_BYTES = 256 * 1024 * 1024;
/** What one message costs on each socket that it waits on, beside its end. */
const EACH_BYTES = 512;

export function createUnwrittenMessages(maxBytes = DEFAULT_MAX_BYTES): UnwrittenMessages {
  let held = 0;
  return {
    add(end) {
      held += EACH_BYTES + (end.waitingOn === 0 ? end.bytes.length : 0);
      end.waitingOn += 1;
    },
    remove(end) {
      end.waitingOn -= 1;
      held -= EACH_BYTES + (end.waitingOn === 0 ? end.bytes.length : 0);
    },
    isTooMuch: () => held > maxBytes,
  };
}
