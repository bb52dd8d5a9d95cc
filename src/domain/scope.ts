/** What a key may allow. */
export const SCOPES = ['READ', 'RESPOND', 'ADMIN'] as const;
export type Scope = (typeof SCOPES)[number];

/** Whoever may act may see what it acts on: any scope brings `READ`. Each once, always in the same order. */
export function withRead(scopes: readonly Scope[]): Scope[] {
  return scopes.length === 0 ? [] : SCOPES.filter((scope) => scope === 'READ' || scopes.includes(scope));
}
