import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Principal, Scope } from '../access/principal.ts';
import type { JsonValue } from '../kernel/canonical-json.ts';

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
  receive(request: {
    provider: string;
    sourceName: string | null;
    token: string | null;
    headers: Readonly<Record<string, string>>;
    body: Buffer;
    query: URLSearchParams;
  }): Promise<JsonReply>;
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
