import { EVENT_WIRE_NAMES } from '../../src/domain/event-wire-name.ts';
import { sendRequest } from './send-request.ts';

/** Registers a receiver as the guide says, and gives its id. */
export async function registerEndpoint(
  port: number,
  { url, secret, events = EVENT_WIRE_NAMES.join(',') }: { url: string; secret: string; events?: string },
): Promise<string> {
  const { status, json, text } = await sendRequest(port, {
    method: 'POST',
    path: '/api/v1/webhooks/endpoints',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ url, secret, events }),
  });
  if (status !== 201) throw new Error(`the endpoint was not registered: ${status} ${text}`);
  return (json as { id: string }).id;
}
