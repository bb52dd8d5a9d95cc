export const RECEIPT_OUTCOMES = ['APPLIED', 'DUPLICATE', 'IGNORED', 'REJECTED', 'FAILED'] as const;
export type ReceiptOutcome = (typeof RECEIPT_OUTCOMES)[number];

/** A stored inbound webhook. Its raw body is kept beside it. */
export interface Receipt {
  id: string;
  /** The registered source's name when it came. */
  source: string;
  /** The first half of the keys of its incidents: the name that its source was created with. */
  keySource: string;
  provider: string;
  /** The sender's id of the delivery; null where it names none. */
  deliveryId: string | null;
  receivedAt: Date;
  outcome: ReceiptOutcome;
  /** Why, in words; null where it was applied without remark. */
  reason: string | null;
  /** Secrets are already redacted. */
  headers: Readonly<Record<string, string>>;
  bodyHash: string;
  bodySize: number;
  duplicateOf: string | null;
  incidentIds: string[];
  deploymentIds: string[];
  warnings: string[];
  /** Which secret or signature verified it; null where none was configured or it failed. */
  verifiedWith: string | null;
  /** True where nobody vouches for it: of its body the start alone is kept, and that not for long. */
  fromStranger: boolean;
  /** Of a replay: the webhook whose stored body ran again. */
  replayOf: string | null;
  /** Of a replay: who asked for it, by the name of the API key; null where nobody had to say. */
  replayedBy: string | null;
}
