import { toWireName } from '../domain/event-wire-name.ts';
import { opslensSignature, standardWebhooksKey, standardWebhooksSignature } from '../domain/signing.ts';
import type { OpenDelivery } from '../store/delivery-store.ts';

/** What an endpoint's pushes are signed with, made ready once. */
export interface SigningKeys {
  secret: string;
  standardKey: Buffer;
}

/** Throws where no signature can be made with the secret: such an endpoint is `INVALID` and receives nothing. */
export function signingKeys(secret: string): SigningKeys {
  const standardKey = standardWebhooksKey(secret);
  if (!Buffer.isBuffer(standardKey)) throw new Error(standardKey.message);
  return { secret, standardKey };
}

export interface PushHeadersInput {
  delivery: OpenDelivery;
  body: string;
  keys: SigningKeys;
  now: Date;
  /** Of OpsLens. */
  version: string;
}

/** The headers of the outgoing contract, names and values in turn. The signature is fresh for each attempt. */
export function pushHeaders({ delivery, body, keys, now, version }: PushHeadersInput): string[] {
  const { eventId, previousSequence } = delivery;
  const timestamp = Math.floor(now.getTime() / 1000);
  const headers = [
    'Content-Type',
    'application/json',
    'User-Agent',
    `OpsLens/${version}`,
    'X-Webhook-Signature',
    opslensSignature(keys.secret, body),
    'webhook-id',
    eventId,
    'webhook-timestamp',
    String(timestamp),
    'webhook-signature',
    standardWebhooksSignature(keys.standardKey, eventId, timestamp, body),
    'X-OpsLens-Event',
    toWireName(delivery.eventType),
    'X-OpsLens-Delivery',
    delivery.id,
    'X-OpsLens-Sequence',
    String(delivery.sequence),
  ];
  if (previousSequence !== null) headers.push('X-OpsLens-Previous-Sequence', String(previousSequence));
  return headers;
}
