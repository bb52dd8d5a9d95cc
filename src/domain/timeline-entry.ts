export const TIMELINE_ENTRY_KINDS = [
  'OPENED',
  'ACKNOWLEDGED',
  'UNACKNOWLEDGED',
  'RESOLVED',
  'REOPENED',
  'UPDATED',
  'NOTE',
  'DEPLOYMENT',
  'LATE',
] as const;
export type TimelineEntryKind = (typeof TIMELINE_ENTRY_KINDS)[number];

/** One thing that happened to an incident. */
export interface TimelineEntry {
  id: string;
  incidentId: string;
  kind: TimelineEntryKind;
  text: string;
  /** When it happened. */
  occurredAt: Date;
  /** When we learnt it. */
  recordedAt: Date;
  /** The person behind it, or null for a machine. */
  actor: string | null;
  receiptId: string | null;
  /** Details as JSON text: foreign keys never become database fields. Null for none. */
  data: string | null;
}
