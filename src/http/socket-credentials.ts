import type { IncomingMessage } from 'node:http';
import type { Credentials } from '../access/authenticator.ts';
import { plainHeaders } from './request-headers.ts';

/** Browsers cannot set headers on a WebSocket, so a key may come in `connectionParams`, under the same names. */
export function socketCredentials(
  connectionParams: Readonly<Record<string, unknown>> | undefined,
  request: IncomingMessage,
): Credentials {
  const headers = plainHeaders(request.headers);
  const params = new Map(
    Object.entries(connectionParams ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const given = (name: string): string | undefined => {
    const value = params.get(name);
    return typeof value === 'string' ? value : headers[name];
  };
  return { authorization: given('authorization'), apiKey: given('x-api-key') ?? given('apikey') };
}
