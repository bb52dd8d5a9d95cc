import type { WebSocket } from 'ws';

/** What a socket is still to write, bounded: whoever reads too slowly is cut off instead of being remembered for. */
export interface OutgoingFrames {
  /** False where nothing more is taken: the socket is closing, or was cut off just now. Never waits. */
  send(text: string): boolean;
  /** Resolves when there is room, or when the socket is gone. */
  ready(): Promise<void>;
  /** Closes with 4800: subscribe anew from the last event that came. */
  cutOff(): void;
}

/** Private to OpsLens; the README and the schema say what to do on it. */
const TOO_SLOW = 4800;
const MAX_PENDING = 256;
const MAX_PENDING_BYTES = 4 * 1024 * 1024;
/** A replay goes on below this. */
const ROOM = 64;

export function createOutgoingFrames(socket: WebSocket): OutgoingFrames {
  let pending = 0;
  let pendingBytes = 0;
  let waiting: (() => void)[] = [];

  const wakeAll = (): void => {
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  };
  socket.once('close', wakeAll);

  const cutOff = (): void => socket.close(TOO_SLOW, 'Too slow: subscribe anew from the last event');

  return {
    cutOff,

    send(text) {
      if (socket.readyState !== socket.OPEN) return false;
      const bytes = text.length;
      if (pending >= MAX_PENDING || (pending > 0 && pendingBytes + bytes > MAX_PENDING_BYTES)) {
        cutOff();
        return false;
      }
      pending += 1;
      pendingBytes += bytes;
      socket.send(text, () => {
        pending -= 1;
        pendingBytes -= bytes;
        if (pending < ROOM) wakeAll();
      });
      return true;
    },

    ready() {
      if (pending < ROOM || socket.readyState !== socket.OPEN) return Promise.resolve();
      return new Promise((resolve) => waiting.push(resolve));
    },
  };
}
