import { z } from 'zod';
import type { MadeUpWebhook } from '../../commands/webhook-preview.ts';

const header = z.object({
  name: z.string().min(1, 'a header must have a name').max(256, 'a header name is too long'),
  value: z.string().max(8192, 'a header value is too long'),
});

/** As if it had come over HTTP. */
export const previewInput = z
  .object({
    provider: z.string(),
    source: z.string().nullish(),
    headers: z.array(header).max(100, 'there may be at most 100 headers'),
    body: z.string(),
  })
  .transform(({ provider, source, headers, body }): MadeUpWebhook => ({
    provider,
    sourceName: source ?? null,
    headers: joined(headers),
    body: Buffer.from(body),
  }));

/** Names in lower case; several values of one are joined by commas. */
function joined(headers: readonly { name: string; value: string }[]): Record<string, string> {
  const byName = new Map<string, string>();
  for (const { name, value } of headers) {
    const key = name.toLowerCase();
    const before = byName.get(key);
    byName.set(key, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(byName);
}
