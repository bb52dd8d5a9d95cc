import type { IncidentFields } from './incident.ts';

/** The order of the status kinds is their rank where two signals carry the same time. */
export const STATUS_SIGNAL_KINDS = ['TRIGGER', 'ACKNOWLEDGE', 'UNACKNOWLEDGE', 'RESOLVE', 'REOPEN'] as const;
export type StatusSignalKind = (typeof STATUS_SIGNAL_KINDS)[number];

/** `UPDATE` changes fields and `NOTE` adds a text; neither touches the status. */
export type SignalKind = StatusSignalKind | 'UPDATE' | 'NOTE';

/**
 * Whether the sender uses a key for one incident only (`ONCE`: a provider's incident id or episode) or for one
 * incident after another (`EPISODES`: a `dedup_key`).
 */
export type KeyReuse = 'ONCE' | 'EPISODES';

export interface SignalKey {
  /** The registered source's name. */
  source: string;
  externalKey: string;
  reuse: KeyReuse;
  /** True where neither provider nor sender named a key and OpsLens made it from the receipt or mutation. */
  synthetic: boolean;
}

/** The provider-neutral meaning of a webhook: "incident X of source S was resolved at T". */
export interface Signal {
  /** Fixed before the first try to store it; also the id of the timeline entry that it makes. */
  id: string;
  kind: SignalKind;
  key: SignalKey;
  /** When the provider says it happened; null when it does not say. Already made plausible by `plausibleTime`. */
  occurredAt: Date | null;
  /** What the provider claimed, where that was not plausible. */
  claimedAt: Date | null;
  /** The provider's event id, else the SHA-256 of the canonical signal: never anything given on arrival. */
  tie: string;
  /** SHA-256 of the canonical signal, where the tie is an event's id and does not tell what was said of it. */
  digest?: string;
  /** Fields that the signal speaks of. A trigger that may open an incident needs a title. */
  fields: Partial<IncidentFields>;
  /** What the timeline shows beside the kind; null for nothing. */
  text: string | null;
  /** Who did it, as the provider names them. */
  actor: string | null;
}
