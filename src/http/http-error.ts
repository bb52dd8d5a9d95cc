/** One thing wrong with a request, as it is shown to its sender. */
export interface RequestProblem {
  /** Dotted path into the body, the name of a header, or empty for the request as a whole. */
  path: string;
  message: string;
  /** Of an error of the API: it is shown as GraphQL shows errors. */
  extensions?: { code: string; retryAfterSeconds?: number; limit?: string; maximum?: number };
}

/** A request that is answered with a status of its own. Thrown on the way, answered once at the edge. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;
  readonly problem: RequestProblem;
  readonly headers: Readonly<Record<string, string>>;
  /** Of a webhook that was kept all the same. */
  readonly receiptId: string | null;

  constructor(
    status: number,
    problem: RequestProblem,
    headers: Readonly<Record<string, string>> = {},
    receiptId: string | null = null,
  ) {
    super(problem.message);
    this.status = status;
    this.problem = problem;
    this.headers = headers;
    this.receiptId = receiptId;
  }
}

/** The sender went away before its request was whole. Nobody is left to be answered. */
export class RequestAbortedError extends Error {
  override readonly name = 'RequestAbortedError';
}

export function httpError(
  status: number,
  message: string,
  headers?: Readonly<Record<string, string>>,
): HttpError {
  return new HttpError(status, { path: '', message }, headers);
}
