import { parseEndpointEvents } from './endpoint-events.ts';
import { parseEndpointUrl } from './endpoint-url.ts';
import { readFlag } from './read-flag.ts';
import { standardWebhooksKey } from './signing.ts';
import { DISABLED_REASONS } from './webhook-endpoint.ts';
import type { EndpointSecret, EndpointState, NextSecret, WebhookEndpoint } from './webhook-endpoint.ts';
import { readEndpointSettings } from './read-endpoint-settings.ts';

/** A row of `webhook_endpoints`, which anyone may have written: nothing is known of its columns but the id's text. */
export interface EndpointColumns {
  id: string;
  url: unknown;
  secret: unknown;
  sealedSecret: unknown;
  events: unknown;
  isActive: unknown;
  description: unknown;
  createdAt: unknown;
  updatedAt: unknown;
  nextSealedSecret?: unknown;
  overlapUntil?: unknown;
  pausedAt?: unknown;
  disabledAt?: unknown;
  disabledReason?: unknown;
  headers?: unknown;
  ratePerSecond?: unknown;
  maxInFlight?: unknown;
  minSeverity?: unknown;
  sources?: unknown;
  services?: unknown;
  publicKeySignature?: unknown;
}

/** It becomes part of a delivery's id, which is sent as a header. */
const USABLE_ID = /^[\x21-\x7e]{1,128}$/;

/** Makes an endpoint of any row. A row that cannot be used is `INVALID` with all its reasons; nothing throws. */
export function judgeEndpoint(row: EndpointColumns): WebhookEndpoint {
  const reasons: string[] = [];
  if (!USABLE_ID.test(row.id))
    reasons.push('_id must be at most 128 printable ASCII characters without blanks');

  const url =
    typeof row.url === 'string' ? parseEndpointUrl(row.url) : { ok: false as const, reason: 'is missing' };
  if (!url.ok) reasons.push(`url ${url.reason}`);

  const events = parseEndpointEvents(row.events);
  if (!events.ok) reasons.push(`events ${events.reason}`);

  const isActive = readFlag(row.isActive);
  if (isActive === null) reasons.push('is_active must be true or false');

  const secret = readSecret(row);
  if (typeof secret === 'string') reasons.push(secret);

  const settings = readEndpointSettings(row);
  reasons.push(...settings.reasons);

  const invalid = reasons.length > 0;
  const pausedAt = readDate(row.pausedAt);
  const disabledReason = DISABLED_REASONS.find((reason) => reason === row.disabledReason) ?? null;
  const state = stateOf({ invalid, isActive: isActive === true, paused: pausedAt !== null, disabledReason });
  return {
    ...settings.settings,
    id: row.id,
    url: url.ok ? url.url : shown(row.url),
    events: events.ok ? events.events : [],
    description: typeof row.description === 'string' ? row.description : null,
    isActive: isActive ?? false,
    state,
    invalidReason: invalid ? reasons.join('; ') : null,
    secret: typeof secret === 'string' ? null : secret,
    nextSecret: readNextSecret(row),
    pausedAt,
    disabledAt: state === 'DISABLED' ? readDate(row.disabledAt) : null,
    disabledReason: state === 'DISABLED' ? disabledReason : null,
    createdAt: readDate(row.createdAt),
    updatedAt: readDate(row.updatedAt),
  };
}

interface StateInput {
  invalid: boolean;
  isActive: boolean;
  paused: boolean;
  disabledReason: string | null;
}

/** A person who sets `is_active` again overrules why OpsLens once unset it. */
function stateOf({ invalid, isActive, paused, disabledReason }: StateInput): EndpointState {
  if (invalid) return 'INVALID';
  if (!isActive) return disabledReason === null ? 'INACTIVE' : 'DISABLED';
  return paused ? 'PAUSED' : 'ACTIVE';
}

function readNextSecret({ nextSealedSecret: sealed, overlapUntil }: EndpointColumns): NextSecret | null {
  const until = readDate(overlapUntil);
  return typeof sealed === 'string' && sealed !== '' && until !== null ? { sealed, until } : null;
}

/** A usable endpoint that something outside its own row rules out. */
export function invalidate(endpoint: WebhookEndpoint, reason: string): WebhookEndpoint {
  const reasons = endpoint.invalidReason === null ? reason : `${endpoint.invalidReason}; ${reason}`;
  return { ...endpoint, state: 'INVALID', invalidReason: reasons };
}

/** A `secret` written by a person wins over a sealed one. A text is the reason why there is none. */
function readSecret(row: EndpointColumns): EndpointSecret | string {
  const { secret, sealedSecret } = row;
  const written =
    secret !== undefined && secret !== null && !(typeof secret === 'string' && secret.trim() === '');
  if (!written) {
    if (typeof sealedSecret === 'string' && sealedSecret !== '')
      return { form: 'SEALED', sealed: sealedSecret };
    return 'secret is missing';
  }
  if (typeof secret !== 'string') return 'secret must be a text';
  const key = standardWebhooksKey(secret);
  return 'refused' in key ? `secret: ${key.message}` : { form: 'PLAIN', value: secret };
}

function readDate(value: unknown): Date | null {
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value : null;
}

function shown(url: unknown): string {
  return typeof url === 'string' ? url.slice(0, 2048) : '';
}
