import { EVENT_TYPES } from './event.ts';
import type { EventType } from './event.ts';
import { parseEndpointEvents } from './endpoint-events.ts';
import { parseEndpointUrl } from './endpoint-url.ts';
import { standardWebhooksKey } from './signing.ts';
import type { Refusal } from './submission.ts';

/** Event types as GraphQL has them, or names as the guide has them: `"a,b"` or an array. Else why they are missing. */
export type EventsInput = { types: readonly EventType[] | null } | { names: unknown };

/** What may be said of an endpoint. Absent fields are not spoken of; null is a value that most fields refuse. */
export interface EndpointInput {
  url?: string | null;
  events?: EventsInput;
  description?: string | null;
  isActive?: boolean | null;
  secret?: string | null;
}

/** The same, usable. `secret: null` stands where none was given. */
export interface CheckedEndpointInput {
  url?: string;
  events?: EventType[];
  description?: string | null;
  isActive?: boolean;
  secret?: string | null;
}

export const MAX_DESCRIPTION_LENGTH = 1000;
const MAX_SECRET_LENGTH = 512;
const LONE_SURROGATE = /\p{Surrogate}/u;

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
    const url = parseEndpointUrl(input.url ?? '');
    if (url.ok) checked.url = url.url;
    else refuse('url', `url ${url.reason}`);
  }
  if (input.events !== undefined) {
    const events = readEvents(input.events);
    if (events.ok) checked.events = events.events;
    else refuse('events', `events ${events.reason}`);
  }
  if (input.description !== undefined) {
    const description = input.description?.trim().replace(/\p{Surrogate}/gu, '\ufffd') ?? '';
    if (description.length > MAX_DESCRIPTION_LENGTH) {
      refuse('description', `description must be at most ${MAX_DESCRIPTION_LENGTH} characters`);
    }
    checked.description = description === '' ? null : description;
  }
  if (input.isActive !== undefined) {
    if (input.isActive === null) refuse('isActive', 'isActive must be true or false');
    else checked.isActive = input.isActive;
  }
  if (input.secret !== undefined) {
    const reason = input.secret === null ? null : refuseSecret(input.secret);
    if (reason !== null) refuse('secret', reason);
    checked.secret = input.secret;
  }
  return refusals.length > 0 ? { refusals } : { checked };
}

function readEvents(input: EventsInput): ReturnType<typeof parseEndpointEvents> {
  if ('names' in input) return parseEndpointEvents(input.names);
  const wanted = new Set(input.types);
  const events = EVENT_TYPES.filter((type) => wanted.has(type));
  return events.length > 0 ? { ok: true, events } : { ok: false, reason: 'must name at least one type' };
}

function refuseSecret(secret: string): string | null {
  if (secret.trim() === '') return 'secret must not be empty; leave it out to have one made';
  if (secret.length > MAX_SECRET_LENGTH) return `secret must be at most ${MAX_SECRET_LENGTH} characters`;
  if (LONE_SURROGATE.test(secret)) return 'secret must be well-formed Unicode';
  const key = standardWebhooksKey(secret);
  return 'refused' in key ? `secret: ${key.message}` : null;
}
