import type { Deployment } from './deployment.ts';
import type { UnnumberedEvent } from './event.ts';
import type { Evidence } from './evidence.ts';
import type { IncidentState, KeyState } from './incident-state.ts';
import type { Readings } from './readings.ts';
import type { Receipt, ReceiptOutcome } from './receipt.ts';
import type { DedupKey } from './submission.ts';
import type { TimelineEntry } from './timeline-entry.ts';

/** A deployment with what was already told of it. */
export interface DeploymentState {
  deployment: Deployment;
  version: number;
  toRelate: boolean;
  relatedTo: string[];
}

/** What is known of the first webhook that carried a dedup key. */
export interface KnownReceipt {
  receiptId: string;
  outcome: ReceiptOutcome;
  reason: string | null;
  bodyHash: string;
  until: Date | null;
  incidentIds: string[];
  deploymentIds: string[];
  warnings: string[];
}

export interface ReceiptWrite {
  receipt: Receipt;
  dedupKey: DedupKey | null;
  /** A receipt whose dedup key has run out and passes to this one. */
  takesKeyFrom: string | null;
  /** Marks of the signals that were folded; null where nothing was. */
  folded: string[] | null;
}

/** The state that decisions read. Null: looked up, and not there. */
export interface StateView {
  key(id: string): KeyState | null;
  incident(id: string): IncidentState | null;
  deployment(id: string): DeploymentState | null;
  deploymentByNaturalKey(naturalKey: string): DeploymentState | null;
  receiptByDedupKey(dedupKey: string): KnownReceipt | null;
  /** Of the webhook of this receipt. */
  readings(receiptId: string): Readings | null;
  /** What clients added under keys of their own. To be asked for once the incident is known: see `addTimelineEntry`. */
  entry(id: string): TimelineEntry | null;
  evidenceById(id: string): Evidence | null;
}

export type StateKind =
  'key' | 'incident' | 'deployment' | 'naturalKey' | 'dedupKey' | 'readings' | 'entry' | 'evidence';

/** Something that decisions need to know. */
export interface Wanted {
  kind: StateKind;
  id: string;
}

export type Found =
  | { kind: 'key'; state: KeyState }
  | { kind: 'incident'; state: IncidentState }
  | { kind: 'deployment'; state: DeploymentState }
  | { kind: 'dedupKey'; dedupKey: string; state: KnownReceipt }
  | { kind: 'readings'; receiptId: string; state: Readings }
  | { kind: 'entry'; state: TimelineEntry }
  | { kind: 'evidence'; state: Evidence };

/** A decision asked for state that was not loaded: load it and decide again. */
export class StateNotLoadedError extends Error {
  override readonly name = 'StateNotLoadedError';
  readonly kind: StateKind;
  readonly id: string;

  constructor(kind: StateKind, id: string) {
    super(`${kind} ${id} was not loaded`);
    this.kind = kind;
    this.id = id;
  }
}

/** What decisions write: the newest state of each document, and what is added. */
export interface Draft extends StateView {
  readonly keys: Map<string, KeyState>;
  readonly incidents: Map<string, IncidentState>;
  readonly deployments: Map<string, DeploymentState>;
  /** Null for an entry that is taken away. */
  readonly entries: Map<string, TimelineEntry | null>;
  readonly evidence: Evidence[];
  readonly events: UnnumberedEvent[];
  readonly receipts: ReceiptWrite[];
}

/** An empty draft over what is known so far. Nothing reaches `below` until the draft is merged into it. */
export function draftOver(below: StateView): Draft {
  const keys = new Map<string, KeyState>();
  const incidents = new Map<string, IncidentState>();
  const deployments = new Map<string, DeploymentState>();
  const entries = new Map<string, TimelineEntry | null>();
  const evidence: Evidence[] = [];
  const receipts: ReceiptWrite[] = [];
  return {
    keys,
    incidents,
    deployments,
    entries,
    evidence,
    events: [],
    receipts,
    key: (id) => keys.get(id) ?? below.key(id),
    incident: (id) => incidents.get(id) ?? below.incident(id),
    deployment: (id) => deployments.get(id) ?? below.deployment(id),
    deploymentByNaturalKey: (naturalKey) =>
      [...deployments.values()].find(({ deployment }) => deployment.naturalKey === naturalKey) ??
      below.deploymentByNaturalKey(naturalKey),
    receiptByDedupKey(dedupKey) {
      const write = receipts.find((candidate) => candidate.dedupKey?.value === dedupKey);
      return write === undefined ? below.receiptByDedupKey(dedupKey) : knownReceipt(write);
    },
    entry(id) {
      const own = entries.get(id);
      return own === undefined ? below.entry(id) : own;
    },
    evidenceById: (id) => evidence.find((one) => one.id === id) ?? below.evidenceById(id),
    readings(receiptId) {
      const known = below.readings(receiptId);
      const replays = receipts.filter(({ receipt }) => receipt.replayOf === receiptId);
      return known === null ? null : replays.reduce(withReading, known);
    },
  };
}

function knownReceipt({ receipt, dedupKey }: ReceiptWrite): KnownReceipt {
  const { id, outcome, reason, bodyHash, incidentIds, deploymentIds, warnings } = receipt;
  const until = dedupKey?.until ?? null;
  return { receiptId: id, outcome, reason, bodyHash, until, incidentIds, deploymentIds, warnings };
}

function withReading(known: Readings, { receipt, folded }: ReceiptWrite): Readings {
  return {
    receiptIds: [...known.receiptIds, receipt.id],
    folded: folded === null ? known.folded : [...known.folded, folded],
    incidentIds: [...new Set([...known.incidentIds, ...receipt.incidentIds])],
    deploymentIds: [...new Set([...known.deploymentIds, ...receipt.deploymentIds])],
  };
}
