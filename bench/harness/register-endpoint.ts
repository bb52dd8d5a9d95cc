export interface EndpointOrder {
  serverUrl: string;
  url: string;
  secret: string;
}

/** Registers a receiver of all that becomes of incidents, as the guide says. Returns its id. */
export async function registerEndpoint({ serverUrl, url, secret }: EndpointOrder): Promise<string> {
  const answer = await fetch(`${serverUrl}/api/v1/webhooks/endpoints`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ url, secret, events: 'incident.created,incident.updated' }),
  });
  const body = (await answer.json()) as { id?: unknown };
  if (answer.status !== 201 || typeof body.id !== 'string') {
    throw new Error(`the endpoint was not registered: ${answer.status} ${JSON.stringify(body)}`);
  }
  return body.id;
}
