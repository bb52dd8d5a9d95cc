/** A top-level error: the operation failed. Programs go by `code`, people by the message. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;

  constructor({ message, extensions }: ErrorInResult) {
    super(message);
    this.code = typeof extensions?.code === 'string' ? extensions.code : 'INTERNAL';
  }
}

export interface ErrorInResult {
  message: string;
  extensions?: { code?: unknown } | undefined;
}

/** The server could not be reached, or the connection broke or was closed. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
  /** That the WebSocket was closed with; null where there was none. */
  readonly code: number | null;
  /** When the server, which has many clients to think of, wants us back. */
  readonly againInMs: number | null;

  constructor(code: number | null, reason: string) {
    super(`connection lost: ${[code, reason].filter((part) => part !== null && part !== '').join(' ')}`);
    this.code = code;
    const advised = /reconnect in ([\d.]+) s/.exec(reason)?.[1];
    this.againInMs = advised === undefined ? null : Number(advised) * 1_000;
  }
}

/** `RESUME`: try again later, from the last event. `RELOAD`: read everything anew first. `NONE`: trying again is no use. */
export type Remedy = 'RESUME' | 'RELOAD' | 'NONE';

/** A bad request, no key, a wrong, expired or revoked one, another protocol. */
const FINAL_CLOSE_CODES: readonly (number | null)[] = [4400, 4401, 4403, 4406];

export function remedyFor(error: unknown): Remedy {
  // Among them 1001, the server is being restarted, and 4800, we were too slow.
  if (error instanceof ConnectionLost) return FINAL_CLOSE_CODES.includes(error.code) ? 'NONE' : 'RESUME';
  if (!(error instanceof ApiError)) return 'NONE';
  switch (error.code) {
    // The events behind `after` are no longer kept, or it is a number of another database.
    case 'SEQUENCE_EXPIRED':
    case 'SEQUENCE_AHEAD':
      return 'RELOAD';
    case 'UNAVAILABLE':
    case 'TIMEOUT':
    case 'INTERNAL':
      return 'RESUME';
    default:
      return 'NONE';
  }
}
