import { createPublicKey, verify } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Webhook } from 'standardwebhooks';

/** An outgoing webhook as a receiver has it. */
export interface Received {
  headers: IncomingHttpHeaders;
  body: string | Buffer;
}

/** A receiver that uses npm `standardwebhooks` as our README says. */
export function libraryAccepts(secret: string, { headers, body }: Received): boolean {
  const webhook = secret.startsWith('whsec_')
    ? new Webhook(secret)
    : new Webhook(Buffer.from(secret), { format: 'raw' });
  try {
    webhook.verify(body.toString(), asTexts(headers), { jsonParse: false });
    return true;
  } catch {
    return false;
  }
}

/** A receiver that holds no secret, only the JWK set: any `v1a` entry that any of the keys verifies will do. */
export function publicKeyAccepts(keys: readonly JsonWebKey[], { headers, body }: Received): boolean {
  const texts = asTexts(headers);
  const content = `${texts['webhook-id']}.${texts['webhook-timestamp']}.${body.toString()}`;
  const entries = (texts['webhook-signature'] ?? '').split(' ').filter((entry) => entry.startsWith('v1a,'));
  return entries.some((entry) =>
    keys.some((key) =>
      verify(
        null,
        Buffer.from(content),
        createPublicKey({ key, format: 'jwk' }),
        Buffer.from(entry.slice('v1a,'.length), 'base64'),
      ),
    ),
  );
}

function asTexts(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
