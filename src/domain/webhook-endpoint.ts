import type { EventType } from './event.ts';
import type { Severity } from './incident.ts';

/**
 * `PAUSED`: events are fanned out to it and wait. `INACTIVE`: its owner switched it off. `DISABLED`: OpsLens did, for its
 * failures; neither gets anything, and what is open for them is cancelled. `INVALID`: a hand-made row that cannot be used;
 * it receives nothing until it is mended.
 */
export const ENDPOINT_STATES = ['ACTIVE', 'PAUSED', 'INACTIVE', 'DISABLED', 'INVALID'] as const;
export type EndpointState = (typeof ENDPOINT_STATES)[number];

/** `PLAIN` is a `secret` column written by a person: it stays as written and wins over a sealed one. */
export type EndpointSecret = { form: 'PLAIN'; value: string } | { form: 'SEALED'; sealed: string };

/** `GONE`: it answered 410. `FAILING`: it did nothing but fail for five days. */
export const DISABLED_REASONS = ['GONE', 'FAILING'] as const;
export type DisabledReason = (typeof DISABLED_REASONS)[number];

/** The secret that takes over once the overlap of a rotation ends. Until then both sign. */
export interface NextSecret {
  sealed: string;
  until: Date;
}

/** Sent with each push. A credential is sealed, unless a person wrote it into the row. */
export type EndpointHeader = PlainHeader | SealedHeader;

export interface PlainHeader {
  name: string;
  value: string;
}

export interface SealedHeader {
  name: string;
  sealed: string;
}

/** What its owner may set of how and what it gets. Null and empty lists set no limit. */
export interface EndpointSettings {
  /** In the order in which they are sent. */
  headers: readonly EndpointHeader[];
  /** Pushes started a second. */
  ratePerSecond: number | null;
  /** Pushes that wait for an answer at the same time. */
  maxInFlight: number | null;
  minSeverity: Severity | null;
  /** As incidents show them. */
  sources: readonly string[];
  services: readonly string[];
  /** Whether what it gets is signed with the key pair of this installation too. */
  publicKeySignature: boolean;
}

/** As they are given, before credentials are sealed. */
export interface GivenSettings extends EndpointSettings {
  headers: readonly PlainHeader[];
}

/** A registered receiver of outgoing webhooks. */
export interface WebhookEndpoint extends EndpointSettings {
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
  /** Null but during the overlap of a rotation, and until its end is written down. */
  nextSecret: NextSecret | null;
  pausedAt: Date | null;
  /** Both null unless the state is `DISABLED`. */
  disabledAt: Date | null;
  disabledReason: DisabledReason | null;
  /** Null on a row that a person made without it. */
  createdAt: Date | null;
  updatedAt: Date | null;
}

export const NO_SETTINGS: GivenSettings = {
  headers: [],
  ratePerSecond: null,
  maxInFlight: null,
  minSeverity: null,
  sources: [],
  services: [],
  publicKeySignature: false,
};

/** Pushes to one endpoint that wait for an answer at the same time, whatever its owner asks for. */
export const MAX_IN_FLIGHT = 32;

/** At most so many endpoints exist; the next one is refused, hand-made ones beyond are `INVALID`. */
export const MAX_ENDPOINTS = 1000;
