import type { IncomingMessage } from 'node:http';
import { elapsedMs } from '../kernel/elapsed-ms.ts';
import type { Logger } from '../kernel/logger.ts';
import type { BodyBudget, BodyShare } from './body-budget.ts';
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
  const share = deps.budget.open();
  try {
    const body = await readOrRefuse(deps, req, { ...call, share });
    const { address, query } = call;
    return await deps.intake.receive({ ...address, headers: plainHeaders(req.headers), body, query });
  } finally {
    share.close();
  }
}

/** A webhook whose body cannot be had is told to its source, which may keep a receipt; or logged and counted here. */
async function readOrRefuse(
  deps: IntakeDeps,
  req: IncomingMessage,
  call: IntakeCall & { share: BodyShare },
): Promise<Buffer> {
  const begunAt = performance.now();
  const { address, begin, query, share } = call;
  const limit = deps.intake.limit(address.provider);
  try {
    if (limit === undefined)
      throw httpError(404, 'there is no such provider; GET /api/v1/webhooks/test lists them');
    return await readBody(req, limit, begin, share);
  } catch (error) {
    if (error instanceof HttpError && (error.status === 413 || error.status === 415)) {
      const { status, problem, headers } = error;
      const request = { ...address, headers: plainHeaders(req.headers), query };
      const receiptId = await deps.intake.refuse(request, { status, problem });
      throw new HttpError(status, problem, headers, receiptId);
    }
    tellUnread(deps, call.requestId, {
      provider: limit === undefined ? UNKNOWN_PROVIDER : address.provider,
      error,
      begunAt,
    });
    throw error;
  }
}

interface Unread {
  provider: string;
  error: unknown;
  begunAt: number;
}

/**
 * What leaves no receipt: there is no source for it, or no room now, or nobody is left to be answered. A sender that went
 * away before its webhook was whole knows that it was not taken.
 */
function tellUnread(
  { logger, webhookReceived }: IntakeDeps,
  requestId: string,
  { provider, error, begunAt }: Unread,
): void {
  const durationMs = elapsedMs(begunAt);
  webhookReceived(provider, 'REFUSED', durationMs / 1000);
  const status = error instanceof HttpError ? error.status : null;
  const reason =
    error instanceof HttpError || error instanceof RequestAbortedError ? error.message : String(error);
  logger.info(
    { requestId, provider, outcome: 'REFUSED', status, reason, durationMs },
    'webhook refused unread',
  );
}
