import type { Scope } from '../access/principal.ts';
import type { JsonValue } from '../kernel/canonical-json.ts';

export interface RestRequest {
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

export interface RestReply {
  status: number;
  body: Record<string, JsonValue>;
  headers?: Record<string, string>;
}

/** A plain route beside intake and GraphQL. */
export interface RestRoute {
  method: 'GET' | 'POST';
  path: string;
  /** What the caller's key must allow; null where none is asked for. */
  scope: Scope | null;
  /** Bytes; 0 where no body is read. */
  bodyLimit: number;
  handle(request: RestRequest): Promise<RestReply> | RestReply;
}

/** `path` is dotted, and empty for the body as a whole. */
export function restError(status: number, ...errors: { path: string; message: string }[]): RestReply {
  return {
    status,
    body: { status: 'error', errors: errors.map(({ path, message }) => ({ path, message })) },
  };
}
