import type { Scope } from './scope.ts';

/** A key to the API, without the key itself. */
export interface ApiKey {
  id: string;
  /** Who or what uses it: the actor of what is done with it. */
  name: string;
  /** The first characters of the key. */
  hint: string;
  scopes: readonly Scope[];
  createdAt: Date;
  /** Null where nobody had to say who they are. */
  createdBy: string | null;
  /** Null: never. */
  expiresAt: Date | null;
  /** Give or take a minute. */
  lastUsedAt: Date | null;
  revokedAt: Date | null;
  revokedBy: string | null;
}

export const API_KEY_STATES = ['ACTIVE', 'EXPIRED', 'REVOKED'] as const;
export type ApiKeyState = (typeof API_KEY_STATES)[number];

/** So many can be live, neither revoked nor expired, at a time. */
export const MAX_LIVE_API_KEYS = 1_000;

export function apiKeyState({ revokedAt, expiresAt }: ApiKeyEnd, now: Date): ApiKeyState {
  if (revokedAt !== null) return 'REVOKED';
  return expiresAt !== null && expiresAt <= now ? 'EXPIRED' : 'ACTIVE';
}

export type ApiKeyEnd = Pick<ApiKey, 'revokedAt' | 'expiresAt'>;
