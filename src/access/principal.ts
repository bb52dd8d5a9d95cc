export const SCOPES = ['read', 'respond', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** Who asks. */
export interface Principal {
  /** Names the key without telling it; null where nobody had to say who they are. */
  name: string | null;
  scopes: readonly Scope[];
}

export const ANYONE: Principal = Object.freeze({ name: null, scopes: SCOPES });
