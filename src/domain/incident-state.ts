import type { Incident, IncidentFields, IncidentStatus } from './incident.ts';
import type { Position } from './position.ts';
import type { KeyReuse, Signal, StatusSignalKind } from './signal.ts';

/** A status signal as an incident keeps it: enough to replay it and to show it. */
export interface StatusSignal {
  id: string;
  kind: StatusSignalKind;
  position: Position;
  /** When it happened, as it is shown: the time it was received where it carries none. */
  shownAt: Date;
  claimedAt: Date | null;
  recordedAt: Date;
  actor: string | null;
  text: string | null;
  receiptId: string | null;
}

/** Where a replay ends, and where the next one begins once the oldest signals are folded away. */
export interface ReplayState {
  /** Null before the first trigger. */
  status: IncidentStatus | null;
  openedAt: Date | null;
  acknowledgedAt: Date | null;
  resolvedAt: Date | null;
  /** The newest reopening: people's field values from before it no longer count. */
  lastReopen: Position | null;
  /** The first trigger: what sorts before it does not belong to the incident. */
  firstTrigger: Position | null;
}

/** One last-writer-wins register: the value of the signal that sorts last. */
export interface Register<T> {
  value: T;
  position: Position;
}

export type Registers = { [K in keyof IncidentFields]?: Register<IncidentFields[K]> };

/** What the fold keeps to itself about an incident. */
export interface FoldState {
  key: string;
  reuse: KeyReuse;
  /** Sorted by position; at most `MAX_STATUS_SIGNALS`. */
  signals: StatusSignal[];
  /** The oldest signals, once there were too many; `upTo` is the last one folded into it. */
  base: { state: ReplayState; upTo: Position } | null;
  /** The newest triggers that changed nothing, on a reused key: a resolve from before them may arrive yet. */
  repeats: StatusSignal[];
  /** Ties of the newest notes, field changes and late signals, so that a repetition adds nothing. */
  told: string[];
  sourceFields: Registers;
  personFields: Registers;
  /** `incidentSeq` of the newest event. */
  seq: number;
  /** `recordedAt` of the newest event: it never goes back. */
  recordedAt: Date;
}

export interface IncidentState {
  incident: Incident;
  fold: FoldState;
  /** 0 = not stored yet. */
  version: number;
}

/** A signal that met no incident, with the time it came. */
export interface UnmetSignal {
  signal: Signal;
  position: Position;
  receivedAt: Date;
  /** Since when it is kept, where it came long before. */
  keptSince?: Date;
  receiptId: string | null;
}

/** An earlier incident of a reused key: from its opening to its resolve. */
export interface Episode {
  incidentId: string;
  openedAt: Date;
  resolvedAt: Date;
}

/** The document that serialises all submissions on a key, over all processes. */
export interface KeyState {
  /** `source:externalKey` */
  id: string;
  /** 0 = not stored yet. */
  version: number;
  currentIncidentId: string | null;
  /** Earlier incidents of the key, oldest first; at most `MAX_EPISODES`. */
  episodes: Episode[];
  unmet: UnmetSignal[];
  /** The newest time given to a signal that carried none, on a reused key. */
  newestUntimedAt: Date | null;
}

export const MAX_STATUS_SIGNALS = 1000;
export const MAX_EPISODES = 50;
export const MAX_UNMET_SIGNALS = 100;
export const MAX_REPEATS = 32;
export const MAX_TOLD = 200;
/** Characters of foreign text that a document keeps of its signals: in UTF-8 well below the 16 MB it may have. */
export const MAX_KEPT_TEXT = 1024 * 1024;
/** A signal that meets no incident is kept so long. */
export const UNMET_KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/** The key of an incident whose webhook names none: made of its receipt, so that no other webhook can meet it. */
export function receiptKey(receiptId: string): string {
  return `receipt:${receiptId}`;
}

export function keyId(source: string, externalKey: string): string {
  return `${source}:${externalKey}`;
}
