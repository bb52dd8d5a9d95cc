import { HttpError, httpError } from './http-error.ts';
import { errorBody } from './reply.ts';
import type { Reply } from './reply.ts';

/** The one place where an error becomes a status. What is not foreseen is a fault of ours, told without its details. */
export function errorReply(
  error: unknown,
  {
    requestId,
    retryAfterSeconds,
  }: { requestId: string; retryAfterSeconds: (error: unknown) => number | null },
): Reply {
  if (error instanceof HttpError) {
    const { status, problem, headers } = error;
    return { status, body: { ...errorBody(problem), ...receiptOf(error) }, headers };
  }
  const seconds = retryAfterSeconds(error);
  if (seconds !== null) {
    const { problem, status, headers } = unavailable('OpsLens cannot take this in right now', seconds);
    return { status, body: errorBody(problem), headers };
  }
  const problem = { path: '', message: 'an error of OpsLens; its log tells more under this request_id' };
  return { status: 500, body: { ...errorBody(problem), request_id: requestId, ...receiptOf(error) } };
}

export function unavailable(message: string, retryAfterSeconds: number): HttpError {
  return httpError(503, message, { 'Retry-After': String(Math.max(1, Math.ceil(retryAfterSeconds))) });
}

/** A webhook that was kept although it was not taken is named to its sender. */
function receiptOf(error: unknown): { receipt_id?: string } {
  return error instanceof Error && 'receiptId' in error && typeof error.receiptId === 'string'
    ? { receipt_id: error.receiptId }
    : {};
}
