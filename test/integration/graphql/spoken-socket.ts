import { on, once } from 'node:events';
import { WebSocket } from 'ws';

export interface Frame {
  id?: string;
  type: string;
  payload?: { message: string; extensions: Record<string, unknown> }[];
}

/** A WebSocket whose messages are written by hand. */
export interface SpokenSocket {
  send(text: string): void;
  /** Begins an operation, and tells the `extensions` that it was refused with. */
  refused(payload: object): Promise<unknown>;
  next(): Promise<Frame>;
  /** How the server closed it. */
  closed: Promise<{ code: number; reason: string }>;
}

/** Open and acknowledged. */
export async function openSpokenSocket(url: string): Promise<SpokenSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  const closed = once(socket, 'close').then(([code, reason]) => ({
    code: code as number,
    reason: String(reason),
  }));
  await once(socket, 'open');
  const frames = on(socket, 'message', { close: ['close'] });
  const next = async (): Promise<Frame> => {
    const { value, done } = (await frames.next()) as { value: [Buffer]; done?: boolean };
    return done === true ? { type: 'closed' } : (JSON.parse(value[0].toString()) as Frame);
  };
  socket.send('{"type":"connection_init"}');
  await next();
  let operations = 0;
  return {
    send: (text) => socket.send(text),
    next,
    closed,
    async refused(payload) {
      const id = String(++operations);
      socket.send(JSON.stringify({ id, type: 'subscribe', payload }));
      const { type, payload: errors } = await next();
      return type === 'error' ? errors?.[0]?.extensions : type;
    },
  };
}
