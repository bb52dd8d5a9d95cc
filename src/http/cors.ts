import type { IncomingMessage, ServerResponse } from 'node:http';
import { isAllowedOrigin } from '../access/origin-rule.ts';

const LEAVE = {
  'Access-Control-Allow-Methods': 'GET, POST, OPTIONS',
  'Access-Control-Allow-Headers': 'authorization, content-type, x-api-key, apollo-require-preflight',
  // What browsers take at most.
  'Access-Control-Max-Age': '7200',
} as const;

/**
 * Lets pages of allowed origins read the answer, without cookies: a key goes in a header. True where it was a browser
 * that asks for leave before it calls, and was given it.
 */
export function allowOrigin(
  req: IncomingMessage,
  res: ServerResponse,
  allowedOrigins: readonly string[],
): boolean {
  if (allowedOrigins.length === 0) return false;
  res.setHeader('Vary', 'Origin');
  const { origin } = req.headers;
  if (origin === undefined || !isAllowedOrigin(origin, allowedOrigins)) return false;
  res.setHeader('Access-Control-Allow-Origin', origin);
  res.setHeader('Access-Control-Expose-Headers', 'Retry-After, X-Request-Id');
  if (req.method !== 'OPTIONS' || req.headers['access-control-request-method'] === undefined) return false;
  res.writeHead(204, LEAVE).end();
  return true;
}
