import type { EventType } from './event.ts';

/** `INVALID`: a hand-made row that cannot be used; it receives nothing until it is mended. */
export const ENDPOINT_STATES = ['ACTIVE', 'INACTIVE', 'INVALID'] as const;
export type EndpointState = (typeof ENDPOINT_STATES)[number];

/** `PLAIN` is a `secret` column written by a person: it stays as written and wins over a sealed one. */
export type EndpointSecret = { form: 'PLAIN'; value: string } | { form: 'SEALED'; sealed: string };

/** A registered receiver of outgoing webhooks. */
export interface WebhookEndpoint {
  id: string;
  url: string;
  /** Event types it wants. */
  events: readonly EventType[];
  description: string | null;
  isActive: boolean;
  state: EndpointState;
  /** Why the state is `INVALID`; null otherwise. */
  invalidReason: string | null;
  /** Null only where the state is `INVALID`. */
  secret: EndpointSecret | null;
  /** Null on a row that a person made without it. */
  createdAt: Date | null;
  updatedAt: Date | null;
}

/** At most so many endpoints exist; the next one is refused, hand-made ones beyond are `INVALID`. */
export const MAX_ENDPOINTS = 1000;
