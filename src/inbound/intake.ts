import type { JsonValue } from '../kernel/canonical-json.ts';

/** A webhook as it came over HTTP. Nothing in it is trusted yet. */
export interface IntakeRequest {
  provider: string;
  /** From the path; null addresses the provider's default source. */
  sourceName: string | null;
  /** From the path, for senders that can set no header. Neither logged nor stored. */
  token: string | null;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** The raw bytes. */
  body: Buffer;
  query: URLSearchParams;
}

/** A webhook whose sender was verified, or need not be. Only `authenticate` makes one. */
export interface VerifiedRequest {
  headers: Readonly<Record<string, string>>;
  body: Buffer;
  /** How, for the receipt; null where the source has no secret and needs none. */
  verifiedWith: string | null;
  /** Which of the source's secrets; null where none was asked for, or it has no name. */
  secretId: string | null;
}

export interface IntakeReply {
  status: number;
  body: Record<string, JsonValue>;
  headers?: Record<string, string>;
}

/** One thing wrong with a webhook, for its sender to mend. */
export interface Problem {
  /** Dotted path into the body, the name of a header, or empty for the body as a whole. */
  path: string;
  message: string;
}
