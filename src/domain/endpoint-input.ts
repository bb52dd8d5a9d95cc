import { MAX_DESCRIPTION_LENGTH, readDescription } from './description.ts';
import { EVENT_TYPES } from './event.ts';
import type { EventType } from './event.ts';
import { parseEndpointEvents } from './endpoint-events.ts';
import { parseEndpointUrl } from './endpoint-url.ts';
import { checkEndpointSettings } from './read-endpoint-settings.ts';
import type { SettingsInput } from './read-endpoint-settings.ts';
import { standardWebhooksKey } from './signing.ts';
import type { Refusal } from './submission.ts';
import type { GivenSettings } from './webhook-endpoint.ts';

/** Event types as GraphQL has them, or names as the guide has them: `"a,b"` or an array. Else why they are missing. */
export type EventsInput = { types: readonly EventType[] | null } | { names: unknown };

/** What may be said of an endpoint, by whoever says it. Absent fields are not spoken of. */
export interface EndpointInput extends SettingsInput {
  url?: unknown;
  events?: EventsInput;
  /** Null or blank removes it. */
  description?: unknown;
  isActive?: unknown;
  /** Null has one made. */
  secret?: unknown;
}

/** The same, usable. `secret: null` stands where none was given. */
export interface CheckedEndpointInput extends Partial<GivenSettings> {
  url?: string;
  events?: EventType[];
  description?: string | null;
  isActive?: boolean;
  secret?: string | null;
}

const NO_URL = { ok: false, reason: 'must be a text' } as const;
const MAX_SECRET_LENGTH = 512;
const LONE_SURROGATE = /\p{Surrogate}/u;

const SETTING_WORDS = {
  headers: 'headers',
  ratePerSecond: 'the rate per second',
  maxInFlight: 'the number in flight',
  minSeverity: 'the minimum severity',
  sources: 'sources',
  services: 'services',
  publicKeySignature: 'the signature by public key',
} as const satisfies Record<keyof GivenSettings, string>;

/** Checks all fields that are spoken of and tells all that is wrong with them. */
export function checkEndpointInput(
  input: EndpointInput,
): { checked: CheckedEndpointInput } | { refusals: Refusal[] } {
  const refusals: Refusal[] = [];
  const checked: CheckedEndpointInput = {};
  const refuse = (field: string, message: string): void => {
    refusals.push({ code: 'INVALID', message, path: ['input', field] });
  };

  if (input.url !== undefined) {
    const url = typeof input.url === 'string' ? parseEndpointUrl(input.url) : NO_URL;
    if (url.ok) checked.url = url.url;
    else refuse('url', `url ${url.reason}`);
  }
  if (input.events !== undefined) {
    const events = readEvents(input.events);
    if (events.ok) checked.events = events.events;
    else refuse('events', `events ${events.reason}`);
  }
  if (input.description !== undefined) {
    const description = readDescription(input.description);
    if (description === undefined) {
      refuse('description', `description must be a text of at most ${MAX_DESCRIPTION_LENGTH} characters`);
    } else {
      checked.description = description;
    }
  }
  if (input.isActive !== undefined) {
    if (typeof input.isActive === 'boolean') checked.isActive = input.isActive;
    else refuse('isActive', 'whether it is active must be true or false');
  }
  if (input.secret !== undefined) {
    const secret = readSecret(input.secret);
    if (secret === null || 'value' in secret) checked.secret = secret?.value ?? null;
    else refuse('secret', secret.reason);
  }
  const { settings, refused } = checkEndpointSettings(input);
  for (const { setting, reason } of refused) refuse(setting, `${SETTING_WORDS[setting]} ${reason}`);
  return refusals.length > 0 ? { refusals } : { checked: { ...checked, ...settings } };
}

function readEvents(input: EventsInput): ReturnType<typeof parseEndpointEvents> {
  if ('names' in input) return parseEndpointEvents(input.names);
  const wanted = new Set(input.types);
  const events = EVENT_TYPES.filter((type) => wanted.has(type));
  return events.length > 0 ? { ok: true, events } : { ok: false, reason: 'must name at least one type' };
}

function readSecret(value: unknown): { value: string } | { reason: string } | null {
  if (value === null) return null;
  if (typeof value !== 'string') return { reason: 'secret must be a text' };
  if (value.trim() === '') return { reason: 'secret must not be empty; leave it out to have one made' };
  if (value.length > MAX_SECRET_LENGTH)
    return { reason: `secret must be at most ${MAX_SECRET_LENGTH} characters` };
  if (LONE_SURROGATE.test(value)) return { reason: 'secret must be well-formed Unicode' };
  const key = standardWebhooksKey(value);
  return 'refused' in key ? { reason: `secret: ${key.message}` } : { value };
}
