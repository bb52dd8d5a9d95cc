import type { JsonValue } from '../kernel/canonical-json.ts';
import type { NewId } from '../kernel/ids.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { Severity } from '../domain/incident.ts';
import type { Signal, SignalKind } from '../domain/signal.ts';
import type { IntakeReply, IntakeRequest, Problem, VerifiedRequest } from './intake.ts';

/**
 * Whether the sender is who the source is for. `secret` is the index of the secret that matched; null where the sender
 * proved itself without one.
 */
export type Verification =
  | { matched: true; how: string; secret: number | null }
  /** 503 where nobody can tell now, and the sender is to come again; else 401. */
  | { matched: false; problem: Problem; status?: 503 };

/** What a sender is judged by. */
export interface VerifyContext {
  /** Those of the source that are in force, none of them empty. */
  secrets: readonly string[];
  /** The source's own, by name. */
  settings: Readonly<Record<string, string>>;
  now: Date;
  /** Whether a sender that proves nothing is to be believed. */
  unsignedAllowed: boolean;
  /** The text at an https URL that the provider has checked. Rejects after a deadline, and on any status but 200. */
  fetchText: (url: string) => Promise<string>;
}

export type ParsedBody = { readable: true; payload: JsonValue } | { readable: false; problem: Problem };

/** What is known of a webhook beside its payload. */
export interface InterpretContext {
  /** The first half of the keys of the source's incidents. */
  source: string;
  /** The source's own, by name. */
  settings: Readonly<Record<string, string>>;
  receiptId: string;
  receivedAt: Date;
  headers: Readonly<Record<string, string>>;
  newId: NewId;
}

/** What a payload means, before any state is looked at. */
export type Interpretation =
  | { kind: 'MEANT'; signals: Signal[]; deployments: Deployment[]; warnings: string[] }
  /** Understood, or not, but nothing to act on: answered 2xx. `confirm` is an https URL to fetch, by which the sender wants to be told that it is welcome. */
  | { kind: 'IGNORED'; reason: string; confirm?: string }
  /** A form that we act on, but wrong: answered 422. */
  | { kind: 'INVALID'; problems: Problem[] };

/** What became of a webhook that was answered 2xx, for the provider's way of saying so. */
export interface ReplyFacts {
  /** False where nothing was done, for `reason`. */
  acted: boolean;
  reason: string;
  receiptId: string;
  incidentIds: readonly string[];
  deploymentIds: readonly string[];
  warnings: readonly string[];
  duplicate: boolean;
}

/** What a provider takes in, for people who look why their webhook did nothing. */
export interface Acceptance {
  description: string;
  forms: readonly string[];
  /** Event, or status word, to its effect. Everything else is kept and ignored. */
  events: Readonly<Record<string, string>>;
  authentication: readonly string[];
  /** Words that are understood, by severity and by kind of signal. */
  severities: Readonly<Partial<Record<Severity, readonly string[]>>>;
  statuses: Readonly<Partial<Record<SignalKind, readonly string[]>>>;
}

/** All that differs between senders. Adding one is a file in `providers/` and a line in the registry. */
export interface Provider {
  /** As in the URL. */
  name: string;
  /** Bytes. */
  bodyLimit: number;
  accepts: Acceptance;
  /** Settings that a source of this provider may have beside its secrets, each with its meaning. */
  settings?: Readonly<Record<string, string>>;
  /** Set where the sender signs with a key of its own: `verify` is asked even where the source has no secret. */
  signsWithOwnKey?: true;
  /** The answer to whoever sends too fast: the one that makes this sender try again, or 429. */
  tooFastStatus?: 503;
  /** Over the raw bytes, in constant time. At least one secret is given, but where it `signsWithOwnKey`. */
  verify(request: IntakeRequest, context: VerifyContext): Verification | Promise<Verification>;
  /**
   * Answers OPTIONS, for senders that ask for leave first; null where the request is no such question. `ratePerMinute` is how
   * much the source may send, null for as much as comes.
   */
  handshake?(headers: Readonly<Record<string, string>>, ratePerMinute: number | null): IntakeReply | null;
  parse(request: VerifiedRequest): ParsedBody;
  /** The sender's id of this delivery, the same when it is sent again. `payload` is null where it was not read. */
  deliveryId(headers: Readonly<Record<string, string>>, payload: JsonValue): string | null;
  interpret(payload: JsonValue, context: InterpretContext): Interpretation;
  reply(facts: ReplyFacts): IntakeReply;
}
