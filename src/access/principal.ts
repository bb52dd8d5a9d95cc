import { SCOPES } from '../domain/scope.ts';
import type { Scope } from '../domain/scope.ts';

export { SCOPES } from '../domain/scope.ts';
export type { Scope } from '../domain/scope.ts';

/** Who asks. */
export interface Principal {
  /** Names the key without telling it; null where nobody had to say who they are. */
  name: string | null;
  scopes: readonly Scope[];
  /** Of a stored key; null for one of the environment, and without one. */
  keyId: string | null;
}

export const ANYONE: Principal = Object.freeze({ name: null, scopes: SCOPES, keyId: null });
