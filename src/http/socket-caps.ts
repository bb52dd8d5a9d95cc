import type { WebSocket } from 'ws';
import { HttpError } from './http-error.ts';

export interface SocketCapsSettings {
  socketsPerKey: number;
  maxSockets: number;
}

/** How many WebSockets there may be, altogether and of one caller. */
export interface SocketCaps {
  /** Throws what to answer an upgrade with where there is no room for one more. */
  enforceRoom(): void;
  /** A new socket. */
  enter(socket: WebSocket): void;
  /** It said who it is of. False: that one has too many, and this one is being closed. */
  admit(socket: WebSocket, holder: string): boolean;
}

/** Private to OpsLens; the README and the schema say what to do on it. */
const TOO_MANY_SOCKETS = 4801;
/** What graphql-ws closes with where nothing is said in time. */
const INIT_TIMEOUT = 4408;
/** Sockets that have not said who they are yet. */
const MAX_SILENT = 1_000;
/** Refused clients come back spread over this time. */
const BACK_WITHIN_SECONDS = 10;

export function createSocketCaps({ socketsPerKey, maxSockets }: SocketCapsSettings): SocketCaps {
  let open = 0;
  /** The oldest first. */
  const unknown = new Set<WebSocket>();
  const held = new Map<string, number>();

  return {
    enforceRoom() {
      if (open >= maxSockets) throw full(maxSockets);
    },

    enter(socket) {
      open += 1;
      unknown.add(socket);
      socket.once('close', () => {
        open -= 1;
        unknown.delete(socket);
      });
      // Not the new one: honest clients speak at once, and must get in beside a thousand that never do.
      for (const oldest of unknown) {
        if (unknown.size <= MAX_SILENT) break;
        unknown.delete(oldest);
        oldest.close(INIT_TIMEOUT, 'Too many sockets wait to be initialised');
      }
    },

    admit(socket, holder) {
      unknown.delete(socket);
      if (socket.readyState !== socket.OPEN) return false;
      const count = held.get(holder) ?? 0;
      if (count >= socketsPerKey) {
        socket.close(TOO_MANY_SOCKETS, `Too many sockets: ${socketsPerKey} of this caller are open already`);
        return false;
      }
      held.set(holder, count + 1);
      socket.once('close', () => {
        const left = (held.get(holder) ?? 1) - 1;
        if (left > 0) held.set(holder, left);
        else held.delete(holder);
      });
      return true;
    },
  };
}

function full(maxSockets: number): HttpError {
  const seconds = 1 + Math.floor(Math.random() * BACK_WITHIN_SECONDS);
  const message = `${maxSockets} WebSockets are open already, and there is no room for more: come back later.`;
  const extensions = { code: 'UNAVAILABLE', retryAfterSeconds: seconds };
  return new HttpError(503, { path: '', message, extensions }, { 'Retry-After': String(seconds) });
}
