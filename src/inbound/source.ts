/** One of a source's secrets. While a secret is being rotated, the one before it is good until a stated time. */
export interface SourceSecret {
  /** Names it without telling it; null for one of the environment, of which there is one alone. */
  id: string | null;
  /** Null where it is kept but cannot be opened with the keys at hand. */
  value: string | null;
  generation: 'CURRENT' | 'PREVIOUS';
  /** Null: until it is replaced. */
  until: Date | null;
}

/** A registered sender of inbound webhooks, ready to judge by. */
export interface Source {
  /** As in the URL; may be changed. */
  name: string;
  /** The first half of the keys of its incidents: the name that it was created with, for good. */
  keyName: string;
  provider: string;
  /** False: its webhooks are verified and kept, without effect. */
  enabled: boolean;
  /** Null where none was ever set. An empty list, or an empty secret, means that one was meant: nothing matches it. */
  secrets: readonly SourceSecret[] | null;
  /** Those that its provider knows, by name. */
  settings: Readonly<Record<string, string>>;
  /** Webhooks a second over a longer time; null for what all have. */
  ratePerSecond: number | null;
}

export interface Sources {
  /** The source of that name, or the provider's default one; null where there is none. */
  find(provider: string, name: string | null): Promise<Source | null>;
  /** Remembers that a webhook was verified with this secret, for whoever rotates secrets. */
  used(source: Source, secretId: string, at: Date): void;
}
