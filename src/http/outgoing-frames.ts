import type { Writable } from 'node:stream';
import type { WebSocket } from 'ws';
import { messageEnd } from './message-end.ts';
import type { MessageEnd } from './message-end.ts';
import { reconnectAdvice } from './reconnect-advice.ts';
import { textFrameHead } from './text-frame-head.ts';
import type { UnwrittenMessages } from './unwritten-messages.ts';

/** What a socket is still to write, bounded: whoever reads too slowly is cut off instead of being remembered for. */
export interface OutgoingFrames {
  /** False where nothing more is taken: the socket is closing, or was cut off just now. Never waits. */
  send(text: string): boolean;
  /** One message in two parts, of which the second may be waiting on many sockets while it is in memory once. */
  sendParts(begin: Buffer, end: MessageEnd): boolean;
  /** Whether a replay may go on, which is not to take the room that live messages need. */
  hasRoom(): boolean;
  /** Resolves when what was to be written is written, or when the socket is gone. */
  ready(): Promise<void>;
  /** Closes with 4800: subscribe anew from the last event that came. */
  cutOff(): void;
}

/** Private to OpsLens; the README and the schema say what to do on it. */
const TOO_SLOW = 4800;
const MAX_PENDING = 256;
const MAX_PENDING_BYTES = 1024 * 1024;
const ROOM = 64;
const ROOM_BYTES = 256 * 1024;
/** What each may still be behind while all together are too much. */
const SHARE = 64;
const SHARE_BYTES = 64 * 1024;
const BACK_OVER_SECONDS = 4;
/** What is sent in one turn goes out in one write, unless it is more than this. */
const MAX_GATHERED_BYTES = 64 * 1024;
const NOTHING = Buffer.alloc(0);

/**
 * Frames go to the connection itself, beside the few that `ws` writes there: each is handed over whole, compression is
 * off, and framing a text a thousand times costs a quarter more than writing it does.
 */
export function createOutgoingFrames(
  socket: Pick<WebSocket, 'readyState' | 'OPEN' | 'close' | 'once'>,
  connection: Pick<Writable, 'write' | 'cork' | 'uncork' | 'writableLength'>,
  ofAll: UnwrittenMessages,
): OutgoingFrames {
  /** Not reported as written yet. Reports come late: only what the connection still holds tells of slowness. */
  let pending: MessageEnd[] = [];
  let waiting: (() => void)[] = [];

  const wakeAll = (): void => {
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  };
  socket.once('close', () => {
    // What of it is reported later is not taken away twice.
    for (const end of pending) ofAll.remove(end);
    pending = [];
    wakeAll();
  });

  const onWritten = (): void => {
    const end = pending.shift();
    if (end !== undefined) ofAll.remove(end);
    if (waiting.length > 0 && connection.writableLength === 0) wakeAll();
  };

  /** Whether what is sent is held back until the turn ends. */
  let gathering = false;

  const flush = (): void => {
    if (!gathering) return;
    gathering = false;
    connection.uncork();
  };

  const gather = (): void => {
    if (gathering) return;
    gathering = true;
    connection.cork();
    process.nextTick(flush);
  };

  /** What was only gathered says nothing of who reads it. */
  const isOver = (test: () => boolean): boolean => {
    if (!test()) return false;
    flush();
    return test();
  };

  const cutOff = (): void => {
    flush();
    const why = 'Too slow: subscribe anew from your last sequence';
    socket.close(TOO_SLOW, reconnectAdvice({ why, overSeconds: BACK_OVER_SECONDS }));
  };

  const sendParts = (begin: Buffer, end: MessageEnd): boolean => {
    if (socket.readyState !== socket.OPEN) return false;
    const isTooMuch = (): boolean => {
      const held = connection.writableLength;
      if (held === 0) return false;
      if (ofAll.isTooMuch() && (pending.length >= SHARE || held > SHARE_BYTES)) return true;
      const bytes = begin.length + end.bytes.length;
      return pending.length >= MAX_PENDING || held + bytes > MAX_PENDING_BYTES;
    };
    if (isOver(isTooMuch)) {
      cutOff();
      return false;
    }
    pending.push(end);
    ofAll.add(end);
    gather();
    connection.write(textFrameHead(begin, end.bytes.length));
    connection.write(end.bytes, onWritten);
    if (connection.writableLength > MAX_GATHERED_BYTES) flush();
    return true;
  };

  const isFull = (): boolean => {
    const held = connection.writableLength;
    return held > 0 && (ofAll.isTooMuch() || pending.length >= ROOM || held >= ROOM_BYTES);
  };

  return {
    cutOff,
    sendParts,
    send: (text) => sendParts(NOTHING, messageEnd(text)),
    // Who is gone is told so by the next `send`.
    hasRoom: () => socket.readyState !== socket.OPEN || !isOver(isFull),

    ready() {
      flush();
      if (connection.writableLength === 0 || socket.readyState !== socket.OPEN) return Promise.resolve();
      return new Promise((resolve) => waiting.push(resolve));
    },
  };
}
