import { createSecretKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { toWireName } from '../domain/event-wire-name.ts';
import {
  opslensSignature,
  publicKeySignature,
  standardWebhooksContent,
  standardWebhooksKey,
  standardWebhooksSignature,
} from '../domain/signing.ts';
import type { OpenDelivery } from '../store/delivery-store.ts';

/** One secret in both of its roles. */
export interface SecretKeys {
  opslens: KeyObject;
  standard: KeyObject;
}

/** What an endpoint's pushes are signed with, made ready once. */
export interface SigningKeys {
  current: SecretKeys;
  /** Of the secret that takes over, during the overlap of a rotation. */
  next: SecretKeys | null;
  /** For who knows the public key alone; null where the endpoint does not want it. */
  privateKey: KeyObject | null;
}

/** Throws where no signature can be made with the secret: such an endpoint is `INVALID` and receives nothing. */
export function secretKeys(secret: string): SecretKeys {
  const standardKey = standardWebhooksKey(secret);
  if (!Buffer.isBuffer(standardKey)) throw new Error(standardKey.message);
  return { opslens: createSecretKey(Buffer.from(secret)), standard: createSecretKey(standardKey) };
}

export interface PushHeadersInput {
  delivery: OpenDelivery;
  body: string;
  target: {
    keys: SigningKeys;
    /** The endpoint's own, none of them one of ours. */
    headers: readonly { name: string; value: string }[];
  };
  now: Date;
  /** Of OpsLens. */
  version: string;
}

/** The headers of the outgoing contract, names and values in turn. The signatures are fresh for each attempt. */
export function pushHeaders({ delivery, body, target, now, version }: PushHeadersInput): string[] {
  const { keys } = target;
  const timestamp = Math.floor(now.getTime() / 1000);
  const headers: string[] = [];
  for (const { name, value } of target.headers) headers.push(name, value);
  headers.push(
    'Content-Type',
    'application/json',
    'User-Agent',
    `OpsLens/${version}`,
    'X-Webhook-Signature',
    opslensSignature(keys.current.opslens, body),
    'webhook-id',
    delivery.eventId,
    'webhook-timestamp',
    String(timestamp),
    'webhook-signature',
    signatures(keys, standardWebhooksContent(delivery.eventId, timestamp, body)),
    'X-OpsLens-Event',
    toWireName(delivery.eventType),
    'X-OpsLens-Delivery',
    delivery.id,
  );
  if (keys.next !== null) headers.push('X-Webhook-Signature-Next', opslensSignature(keys.next.opslens, body));
  pushPlace(headers, delivery);
  return headers;
}

/** Where the event stands among those of the endpoint. A test event stands nowhere. */
function pushPlace(headers: string[], delivery: OpenDelivery): void {
  const { testBody, sequence, previousSequence, supersedes } = delivery;
  if (testBody !== undefined) {
    headers.push('X-OpsLens-Test', 'true');
    return;
  }
  headers.push('X-OpsLens-Sequence', String(sequence));
  if (previousSequence !== null) headers.push('X-OpsLens-Previous-Sequence', String(previousSequence));
  if (supersedes !== undefined && supersedes.length > 0)
    headers.push('X-OpsLens-Superseded', supersedes.join(','));
}

/** Receivers take any entry that they can verify, so each finds the one of the secret that it has. */
function signatures({ current, next, privateKey }: SigningKeys, content: string): string {
  let list = standardWebhooksSignature(current.standard, content);
  if (next !== null) list = `${standardWebhooksSignature(next.standard, content)} ${list}`;
  if (privateKey !== null) list += ` ${publicKeySignature(privateKey, content)}`;
  return list;
}
