export const EVIDENCE_KINDS = [
  'LOG',
  'METRIC',
  'LINK',
  'SCREENSHOT',
  'NOTE',
  'DEPLOYMENT',
  'PAYLOAD',
] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** What supports a claim about an incident. Immutable. */
export interface Evidence {
  id: string;
  incidentId: string;
  kind: EvidenceKind;
  title: string;
  /** The excerpt itself, at most 64 Ki characters; empty for a bare link. */
  text: string;
  url: string | null;
  /** Who or what provided it. */
  source: string;
  occurredAt: Date;
  recordedAt: Date;
  /** SHA-256 in hex of kind, title, text and url, so that a later reader can tell it was not changed. */
  hash: string;
}
