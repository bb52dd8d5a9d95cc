/** What matters of a provider to whoever registers a source of it. */
export interface SourceProvider {
  /** As in the URL. */
  name: string;
  /** Settings that a source of it may have beside its secrets, each with its meaning. */
  settings?: Readonly<Record<string, string>>;
  /** Set where the sender signs with a key of its own: it needs no secret of the source. */
  signsWithOwnKey?: true;
}

/** By name. */
export type SourceProviders = ReadonlyMap<string, SourceProvider>;
