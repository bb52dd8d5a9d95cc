export const SCOPES = ['READ', 'RESPOND', 'ADMIN'] as const;
export type Scope = (typeof SCOPES)[number];

/** Who asks. */
export interface Principal {
  /** Names the key without telling it; null where nobody had to say who they are. */
  name: string | null;
  scopes: readonly Scope[];
  /** Of a stored key; null for one of the environment, and without one. */
  keyId: string | null;
}

export const ANYONE: Principal = Object.freeze({ name: null, scopes: SCOPES, keyId: null });
