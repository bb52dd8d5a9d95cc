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
    return { status: error.status, body: errorBody(error.problem), headers: error.headers };
  }
  const seconds = retryAfterSeconds(error);
  if (seconds !== null) {
    const { problem, status, headers } = unavailable('OpsLens cannot take this in right now', seconds);
    return { status, body: errorBody(problem), headers };
  }
  const problem = { path: '', message: 'an error of OpsLens; its log tells more under this request_id' };
  const receiptId = receiptIdOf(error);
  return {
    status: 500,
    body: {
      ...errorBody(problem),
      request_id: requestId,
      ...(receiptId !== null && { receipt_id: receiptId }),
    },
  };
}

export function unavailable(message: string, retryAfterSeconds: number): HttpError {
  return httpError(503, message, { 'Retry-After': String(Math.max(1, Math.ceil(retryAfterSeconds))) });
}

/** A webhook that was kept although it could not be worked on is named to its sender. */
function receiptIdOf(error: unknown): string | null {
  return error instanceof Error && 'receiptId' in error && typeof error.receiptId === 'string'
    ? error.receiptId
    : null;
}
