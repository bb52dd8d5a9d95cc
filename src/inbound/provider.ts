import type { JsonValue } from '../kernel/canonical-json.ts';
import type { NewId } from '../kernel/ids.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { Severity } from '../domain/incident.ts';
import type { Signal, SignalKind } from '../domain/signal.ts';
import type { IntakeReply, IntakeRequest, Problem, VerifiedRequest } from './intake.ts';

/** Whether the sender knows one of the secrets. `secret` is the index of the one that matched. */
export type Verification =
  { matched: true; how: string; secret: number } | { matched: false; problem: Problem };

export type ParsedBody = { readable: true; payload: JsonValue } | { readable: false; problem: Problem };

/** What is known of a webhook beside its payload. */
export interface InterpretContext {
  /** The registered source's name. */
  source: string;
  receiptId: string;
  receivedAt: Date;
  headers: Readonly<Record<string, string>>;
  newId: NewId;
}

/** What a payload means, before any state is looked at. */
export type Interpretation =
  | { kind: 'MEANT'; signals: Signal[]; deployments: Deployment[]; warnings: string[] }
  /** Understood, or not, but nothing to act on: answered 2xx. */
  | { kind: 'IGNORED'; reason: string }
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
  /** Over the raw bytes, in constant time. At least one secret is given. */
  verify(request: IntakeRequest, secrets: readonly string[]): Verification;
  parse(request: VerifiedRequest): ParsedBody;
  /** The sender's id of this delivery, the same when it is sent again. `payload` is null where it was not read. */
  deliveryId(headers: Readonly<Record<string, string>>, payload: JsonValue): string | null;
  interpret(payload: JsonValue, context: InterpretContext): Interpretation;
  reply(facts: ReplyFacts): IntakeReply;
}
