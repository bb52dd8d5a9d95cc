import type { IncomingMessage } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { unavailable } from './error-reply.ts';
import { HttpError, httpError } from './http-error.ts';
import { errorBody } from './reply.ts';
import { parseRequestPath } from './request-path.ts';
import { enforceRequestRules } from './request-rules.ts';
import type { ServeDeps } from './serve-request.ts';

/** Hands a WebSocket to GraphQL, or answers why not and ends the connection. Whether it was handed over. */
export function serveUpgrade(
  { rules, handlers, state }: Pick<ServeDeps, 'rules' | 'handlers' | 'state'>,
  req: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): boolean {
  try {
    const { segments } = parseRequestPath(req.url ?? '/');
    const forApi = segments.length === 1 && segments[0] === 'graphql';
    enforceRequestRules(req, rules, forApi);
    if (!forApi) throw httpError(404, 'WebSockets are served at /graphql');
    const ready = handlers();
    if (ready === null || state() !== 'SERVING') throw unavailable(`OpsLens is ${state().toLowerCase()}`, 1);
    ready.graphql.handleUpgrade(req, socket, head);
    return true;
  } catch (error) {
    refuse(socket, error instanceof HttpError ? error : httpError(500, 'an error of OpsLens'));
    return false;
  }
}

function refuse(socket: Duplex, { status, problem, headers }: HttpError): void {
  const body = JSON.stringify(errorBody(problem));
  const lines = Object.entries({
    ...headers,
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    Connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${body}`);
}
