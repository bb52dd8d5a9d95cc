import type { IncomingMessage } from 'node:http';
import { elapsedMs } from '../kernel/elapsed-ms.ts';
import type { Logger } from '../kernel/logger.ts';
import type { BodyBudget } from './body-budget.ts';
import { HttpError, RequestAbortedError, httpError } from './http-error.ts';
import type { IntakeHandler, JsonReply } from './handlers.ts';
import { readBody } from './read-body.ts';
import { plainHeaders } from './request-headers.ts';

export interface IntakeDeps {
  intake: IntakeHandler;
  logger: Pick<Logger, 'info'>;
  /** Counts what never came to the handler, which counts the rest. */
  webhookReceived: (provider: string, outcome: string, seconds: number) => void;
  /** Shared by all webhooks in hand. */
  budget: BodyBudget;
}

export interface IntakeAddress {
  provider: string;
  sourceName: string | null;
  token: string | null;
}

/** Only these are named in the log: a provider that does not exist may be anything, a secret included. */
const UNKNOWN_PROVIDER = 'unknown';

/** `/{provider}`, `/{provider}/{source}` or `/{provider}/{source}/{token}`; null where it is none of these. */
export function intakeAddress(segments: readonly string[]): IntakeAddress | null {
  const [provider, sourceName = null, token = null, ...rest] = segments;
  if (provider === undefined || rest.length > 0 || segments.includes('')) return null;
  return { provider, sourceName, token };
}

interface IntakeCall {
  address: IntakeAddress;
  query: URLSearchParams;
  begin: () => void;
  requestId: string;
}

export async function receiveWebhook(
  deps: IntakeDeps,
  req: IncomingMessage,
  call: IntakeCall,
): Promise<JsonReply> {
  const { intake, budget } = deps;
  let taken = 0;
  const hasRoom = (bytes: number): boolean => {
    if (!budget.take(bytes)) return false;
    taken += bytes;
    return true;
  };
  try {
    const body = await readOrRefuse(deps, req, call, hasRoom);
    const { address, query } = call;
    return await intake.receive({ ...address, headers: plainHeaders(req.headers), body, query });
  } finally {
    budget.giveBack(taken);
  }
}

/** A webhook that nobody gets to see is logged and counted here. */
async function readOrRefuse(
  { intake, logger, webhookReceived }: IntakeDeps,
  req: IncomingMessage,
  { address, begin, requestId }: IntakeCall,
  hasRoom: (bytes: number) => boolean,
): Promise<Buffer> {
  const begunAt = performance.now();
  const limit = intake.limit(address.provider);
  try {
    if (limit === undefined)
      throw httpError(404, 'there is no such provider; GET /api/v1/webhooks/test lists them');
    return await readBody(req, limit, begin, hasRoom);
  } catch (error) {
    const durationMs = elapsedMs(begunAt);
    const provider = limit === undefined ? UNKNOWN_PROVIDER : address.provider;
    webhookReceived(provider, 'REFUSED', durationMs / 1000);
    const status = error instanceof HttpError ? error.status : null;
    const reason =
      error instanceof HttpError || error instanceof RequestAbortedError ? error.message : String(error);
    logger.info(
      { requestId, provider, outcome: 'REFUSED', status, reason, durationMs },
      'webhook refused unread',
    );
    throw error;
  }
}
