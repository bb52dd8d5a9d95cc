import { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/**
 * A request whose `Upgrade` is to WebSocket only. Java and curl offer `h2c` with ordinary requests: those are served as
 * HTTP/1.1, as RFC 9110 section 7.8 allows, instead of being taken for WebSockets.
 */
export class WebSocketRequest extends IncomingMessage {
  #upgrade = false;

  constructor(socket: Socket) {
    super(socket);
    // Node keeps what its parser and its server think of the upgrade in a plain property.
    Object.defineProperty(this, 'upgrade', {
      get: (): boolean => this.#upgrade && this.headers.upgrade?.toLowerCase() === 'websocket',
      set: (value: unknown) => {
        this.#upgrade = value === true;
      },
    });
  }
}
