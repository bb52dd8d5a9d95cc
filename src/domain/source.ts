/** At most so many are stored; the next one is refused. */
export const MAX_SOURCES = 1000;

/** Settings of a source that its provider knows, by name. */
export type SourceSettings = Readonly<Record<string, string>>;

/** A secret of a stored source, as it is kept. */
export interface SealedSecret {
  /** Names it without telling it. */
  id: string;
  sealed: string;
  createdAt: Date;
  /** Null for the current one; for a previous one, when it ends or ended. */
  until: Date | null;
  /** When a webhook was last verified with it, give or take a minute; null where none was. */
  lastUsedAt: Date | null;
}

/** A sender of inbound webhooks that people registered. */
export interface StoredSource {
  managedBy: 'API';
  id: string;
  /** As in the URL; may be changed. */
  name: string;
  /** The name that it was created with, for good: the first half of the keys of its incidents. */
  keyName: string;
  provider: string;
  description: string | null;
  enabled: boolean;
  settings: SourceSettings;
  /** Webhooks a second over a longer time; null for what all have. */
  ratePerSecond: number | null;
  /** The newest first, which is the current one. Empty where none was ever set. */
  secrets: readonly SealedSecret[];
  createdAt: Date;
  updatedAt: Date;
  /** Counts its changes, so that none overwrites another. */
  revision: number;
  /** Made up by the client that created it. */
  clientMutationKey?: string;
}

/** The one source that each provider has without anybody registering it, named like it. */
export interface DefaultSource {
  managedBy: 'ENVIRONMENT';
  id: string;
  name: string;
  provider: string;
  description: null;
  enabled: true;
  settings: SourceSettings;
  ratePerSecond: null;
  hasSecret: boolean;
  secrets: readonly [];
  createdAt: null;
  updatedAt: null;
}

export type RegisteredSource = StoredSource | DefaultSource;
