import type { RequestTemplate } from '../processes/request-template.ts';

/** A page of a dashboard: ten fields of each incident. */
export const TEN_FIELDS =
  'id title severity status service source openedAt updatedAt triggerCount lastSeenAt';

export function graphqlRequest(query: string, variables: object = {}, path = '/graphql'): RequestTemplate {
  return {
    path,
    headers: [['Content-Type', 'application/json']],
    body: JSON.stringify({ query, variables }),
    secret: '',
  };
}

/** The bytes of the answer. Throws where it is not one with as many incidents as that. */
export async function answerTo(
  port: number,
  { path, body }: RequestTemplate,
  incidents: number,
): Promise<Buffer> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
  });
  const bytes = Buffer.from(await answer.arrayBuffer());
  const { data, errors } = JSON.parse(bytes.toString()) as {
    data?: { incidents?: { nodes?: unknown[] } } | null;
    errors?: unknown;
  };
  const found = data?.incidents?.nodes?.length;
  if (found !== incidents || errors !== undefined) {
    throw new Error(`${found} incidents instead of ${incidents}: ${bytes.toString('utf8', 0, 1000)}`);
  }
  return bytes;
}
