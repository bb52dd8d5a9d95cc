import type { ServerResponse } from 'node:http';
import type { JsonValue } from '../kernel/canonical-json.ts';
import type { RequestProblem } from './http-error.ts';

export interface Reply {
  status: number;
  /** A string is sent as it is, under the content type among its headers. */
  body: Readonly<Record<string, JsonValue>> | string;
  headers?: Readonly<Record<string, string>>;
}

/** For what browsers may do with anything that is served here. Whoever serves a page of its own sets its own policy. */
export function setSecurityHeaders(res: ServerResponse): void {
  res.setHeader('X-Content-Type-Options', 'nosniff');
  res.setHeader('X-Frame-Options', 'DENY');
  res.setHeader('Referrer-Policy', 'no-referrer');
}

export function sendReply(res: ServerResponse, { status, body, headers }: Reply): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  res.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    ...headers,
    'Content-Length': Buffer.byteLength(text),
  });
  res.end(text);
}

export function errorBody(...errors: RequestProblem[]): Record<string, JsonValue> {
  return { status: 'error', errors: errors.map(({ path, message }) => ({ path, message })) };
}
