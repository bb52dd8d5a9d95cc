import { Pool } from 'undici';
import {
  opslensSignature,
  standardWebhooksContent,
  standardWebhooksKey,
  standardWebhooksSignature,
} from '../../src/domain/signing.ts';

export interface SignedPushOptions {
  url: string;
  secret: string;
  connections: number;
}

/** Posts a body with the signatures and the number of headers that OpsLens sends. Rejects unless answered 2xx. */
export type SignedPush = (id: string, body: string) => Promise<void>;

/** undici's pool as it is meant to be used, and nothing around it. */
export function createSignedPush({ url, secret, connections }: SignedPushOptions): SignedPush {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const key = standardWebhooksKey(secret);
  if (!Buffer.isBuffer(key)) throw new Error(key.message);
  return async (id, body) => {
    const timestamp = Math.floor(Date.now() / 1000);
    const { statusCode, body: answer } = await pool.request({
      method: 'POST',
      path: pathname,
      headers: [
        'Content-Type',
        'application/json',
        'User-Agent',
        'OpsLens-bench/1',
        'X-Webhook-Signature',
        opslensSignature(secret, body),
        'webhook-id',
        id,
        'webhook-timestamp',
        String(timestamp),
        'webhook-signature',
        standardWebhooksSignature(key, standardWebhooksContent(id, timestamp, body)),
        'X-OpsLens-Event',
        'incident.created',
        'X-OpsLens-Delivery',
        id,
      ],
      body,
    });
    await answer.dump();
    if (statusCode < 200 || statusCode > 299) throw new Error(`answered ${statusCode}`);
  };
}
