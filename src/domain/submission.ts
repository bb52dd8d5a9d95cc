import type { Deployment } from './deployment.ts';
import type { EndpointReport } from './endpoint-report.ts';
import type { Evidence, EvidenceKind } from './evidence.ts';
import type { Incident, IncidentFields } from './incident.ts';
import type { Receipt, ReceiptOutcome } from './receipt.ts';
import type { Signal } from './signal.ts';
import type { TimelineEntry } from './timeline-entry.ts';

/**
 * What is committed as one, never split over transactions. The ids of all that it writes are fixed when it is made,
 * so that a retry can never apply it twice.
 */
export type Submission = WebhookSubmission | CommandSubmission;

/** Identity of a webhook: the same key again is the same webhook. */
export interface DedupKey {
  value: string;
  /** Null for a key that holds for ever (as long as the receipt); else the key may be taken over from then on. */
  until: Date | null;
  /** True for an `Idempotency-Key`: the same key with another body is refused (422). */
  refuseOtherBody: boolean;
}

/** What `inbound` concluded before any state was looked at. */
export type Verdict =
  | { outcome: 'APPLIED'; signals: Signal[]; deployments: Deployment[] }
  | { outcome: 'IGNORED'; reason: string }
  | { outcome: 'REJECTED'; reason: string }
  /** A fault of ours: kept, to be tried again once it is mended. */
  | { outcome: 'FAILED'; reason: string };

export interface WebhookSubmission {
  kind: 'WEBHOOK';
  /** The receipt but for what the commit finds out. */
  receipt: Omit<Receipt, FoundOut>;
  /** The raw bytes as they came; none for a rerun, whose body is kept already. */
  body: Buffer;
  dedupKey: DedupKey | null;
  verdict: Verdict;
  rerun?: Rerun;
}

/** What the commit finds out, or the submission says elsewhere. */
type FoundOut =
  'outcome' | 'reason' | 'duplicateOf' | 'incidentIds' | 'deploymentIds' | 'replayOf' | 'replayedBy';

/** A stored webhook that runs again through today's code. */
export interface Rerun {
  /** Its receipt. */
  of: string;
  /** When it came: what it means is folded as of then. */
  receivedAt: Date;
  /** Who asked for it. */
  by: string | null;
}

/** Ids that a command may need, made with it. */
export interface CommandSubmission {
  kind: 'COMMAND';
  /** Id of the entry, evidence or signal that the command writes. */
  id: string;
  receivedAt: Date;
  /** Who asked: the API key's name, or null where nobody had to say. */
  actor: string | null;
  command: IncidentCommand;
}

export type IncidentCommand =
  | { kind: 'CREATE_INCIDENT'; fields: IncidentFields; clientMutationKey: string | null }
  | { kind: 'UPDATE_INCIDENT'; incidentId: string; fields: Partial<IncidentFields> }
  | {
      kind: 'ACKNOWLEDGE_INCIDENT' | 'RESOLVE_INCIDENT' | 'REOPEN_INCIDENT';
      incidentId: string;
      note: string | null;
    }
  | {
      kind: 'ADD_TIMELINE_ENTRY';
      incidentId: string;
      text: string;
      occurredAt: Date | null;
      clientMutationKey?: string | null;
    }
  | {
      kind: 'ADD_EVIDENCE';
      incidentId: string;
      evidence: {
        kind: EvidenceKind;
        title: string;
        text: string;
        url: string | null;
        occurredAt: Date | null;
      };
      clientMutationKey?: string | null;
    }
  /** Tells an incident's followers of a deployment that relates to it; made by OpsLens itself. */
  | { kind: 'RELATE_DEPLOYMENT'; incidentId: string; deploymentId: string }
  /** What became of an endpoint; made by OpsLens itself. */
  | { kind: 'REPORT_ENDPOINT'; endpointId: string; report: EndpointReport };

/** A refusal that a person's client can act on. */
export const REFUSAL_CODES = ['NOT_FOUND', 'CONFLICT', 'INVALID'] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

export interface Refusal {
  code: RefusalCode;
  message: string;
  /** Where in the input, such as `['input', 'url']`. */
  path: string[];
}

/** What became of a webhook, also told to whoever sends it again. */
export interface WebhookResult {
  kind: 'WEBHOOK';
  receiptId: string;
  outcome: ReceiptOutcome;
  reason: string | null;
  /** The receipt of the first delivery, where this one is a duplicate. */
  duplicateOf: string | null;
  /** The first one's outcome, which decides the answer to a duplicate. Equals `outcome` where it is none. */
  answerAs: ReceiptOutcome;
  /** True where the same `Idempotency-Key` came with another body. */
  idempotencyConflict: boolean;
  incidentIds: string[];
  deploymentIds: string[];
  warnings: string[];
}

export type CommandResult =
  | { kind: 'DONE'; incident: Incident; entry: TimelineEntry | null; evidence: Evidence | null }
  | { kind: 'REFUSED'; refusal: Refusal };

/** Takes submissions, commits them in groups, answers after the majority commit. */
export interface Committer {
  submit(submission: WebhookSubmission): Promise<WebhookResult>;
  submit(submission: CommandSubmission): Promise<CommandResult>;
}

/** Nothing was committed or nothing is known to be: come back after `retryAfterSeconds` (HTTP 503). */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError';
  readonly retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds: number, options?: ErrorOptions) {
    super(message, options);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** This submission, alone, cannot be committed: a fault of ours (HTTP 500). A `FAILED` receipt keeps its body. */
export class PoisonedSubmissionError extends Error {
  override readonly name = 'PoisonedSubmissionError';
  readonly receiptId: string | null;

  constructor(message: string, receiptId: string | null, options?: ErrorOptions) {
    super(message, options);
    this.receiptId = receiptId;
  }
}
