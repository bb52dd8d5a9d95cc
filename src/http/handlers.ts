import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Principal, Scope } from '../access/principal.ts';
import type { JsonValue } from '../kernel/canonical-json.ts';
import type { RequestProblem } from './http-error.ts';

/** What the rest of OpsLens has to say over HTTP. Each part is made elsewhere and handed in once it can serve. */
export interface HttpHandlers {
  intake: IntakeHandler;
  api: readonly ApiRoute[];
  graphql: GraphqlHandler;
  /** What must hold for this process to be of use, by name. */
  checks: Readonly<Record<string, () => boolean | Promise<boolean>>>;
}

export interface JsonReply {
  status: number;
  body: Readonly<Record<string, JsonValue>>;
  headers?: Readonly<Record<string, string>>;
}

export interface IntakeHandler {
  /** Most bytes of a body; undefined for a provider that does not exist. */
  limit(provider: string): number | undefined;
  receive(request: UnreadWebhook & { body: Buffer }): Promise<JsonReply>;
  /** Told of a webhook whose body is not read. The id of its receipt, where one is kept; never rejects. */
  refuse(
    request: UnreadWebhook,
    refusal: { status: 413 | 415; problem: RequestProblem },
  ): Promise<string | null>;
  /** Answers OPTIONS, for senders that ask for leave first; null where it means nothing. Absent: it never does. */
  handshake?(request: {
    provider: string;
    sourceName: string | null;
    headers: Readonly<Record<string, string>>;
  }): Promise<JsonReply | null>;
}

/** A webhook without its body. */
export interface UnreadWebhook {
  provider: string;
  sourceName: string | null;
  token: string | null;
  headers: Readonly<Record<string, string>>;
  query: URLSearchParams;
}

/** A plain route with a fixed path. */
export interface ApiRoute {
  method: 'GET' | 'POST';
  path: string;
  /** What the caller's key must allow; null for a route that asks for no key. */
  scope: Scope | null;
  /** Bytes; 0 where no body is read. */
  bodyLimit: number;
  handle(request: {
    headers: Readonly<Record<string, string>>;
    body: Buffer;
    principal: Principal | null;
  }): Promise<JsonReply> | JsonReply;
}

/** Serves `/graphql`, authentication included, and what GET finds below it. */
export interface GraphqlHandler {
  /** `body` is empty unless the method is POST. Answers by itself. */
  handleHttp(req: IncomingMessage, res: ServerResponse, body: Buffer): Promise<void>;
  /** Takes the socket over. Host and Origin are already judged. */
  handleUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void;
}
