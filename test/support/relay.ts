import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { handleProtocols } from 'graphql-ws';
import { onTestFinished } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { readBody } from '../../src/http/read-body.ts';

/** Stands between a client and a server, to do to WebSockets what networks and servers do. */
export interface Relay {
  /** Without a path. */
  url: string;
  /** WebSockets that clients have opened so far. */
  opened(): number;
  /** Breaks the open ones without a word. */
  cut(): void;
  /** Closes the open ones as the server would. */
  close(code: number, reason?: string): void;
}

export async function startRelay(target: string): Promise<Relay> {
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => handleProtocols(offered),
  });
  let opened = 0;
  const server = createServer((req, res) => {
    forward(target, req, res).catch(() => res.destroy());
  });
  server.on('upgrade', (req, socket, head) =>
    sockets.handleUpgrade(req, socket, head, (client) => {
      opened += 1;
      pipe(client, new WebSocket(`${target.replace('http', 'ws')}${req.url ?? ''}`, client.protocol));
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => sockets.clients.forEach((client) => client.terminate());
  onTestFinished(() => {
    cut();
    server.close();
    server.closeAllConnections();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    opened: () => opened,
    cut,
    close: (code, reason) => sockets.clients.forEach((client) => client.close(code, reason)),
  };
}

async function forward(target: string, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const answer = await fetch(`${target}${req.url ?? ''}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: req.headers.authorization ?? '' },
    body: await readBody(req, 1_000_000, () => undefined),
  });
  res.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
}

function pipe(client: WebSocket, server: WebSocket): void {
  const early: string[] = [];
  client.on('message', (data: Buffer) => {
    if (server.readyState === WebSocket.OPEN) server.send(data.toString());
    else early.push(data.toString());
  });
  server.on('open', () => early.forEach((text) => server.send(text)));
  server.on('message', (data: Buffer) => client.send(data.toString()));
  server.on('close', (code, reason) => {
    // 1006 is what is seen of a connection that broke; it cannot be sent.
    if (code === 1006) client.terminate();
    else client.close(code, reason);
  });
  client.on('close', () => server.terminate());
  server.on('error', () => client.terminate());
}
