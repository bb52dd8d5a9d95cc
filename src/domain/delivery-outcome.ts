import { assertNever } from '../kernel/assert-never.ts';
import { parseRetryAfter } from './parse-retry-after.ts';

/** Why a push brought no answer. */
export type PushFailure =
  'TIMEOUT' | 'BLOCKED' | 'CONNECT' | 'RESET' | 'TLS' | 'DNS' | 'PROTOCOL' | 'ABORTED' | 'INVALID_URL';

/** What became of one HTTP push, before anyone judged it. */
export type PushResult =
  | { kind: 'answered'; status: number; body: string; retryAfter: string | null; durationMs: number }
  | { kind: 'failed'; reason: PushFailure; detail: string; durationMs: number };

export interface FailedPush {
  outcome: 'FAILED';
  /** The sentence that the attempt shows in the API. */
  error: string;
  /** How long it asked to be left alone; null where it did not. */
  retryAfterMs: number | null;
  /** Nothing else should be sent to it for now either. */
  pausesEndpoint: boolean;
  /** It wants nothing any more, for good. */
  isGone: boolean;
  /** We ended it ourselves: no fault of the endpoint. */
  isOurDoing: boolean;
}

export type PushJudgement = { outcome: 'DELIVERED' } | FailedPush;

/** Who registers a url must not learn from it what there is inside our network: the log alone tells these apart. */
const NO_ANSWER = 'no answer';
const HIDDEN: ReadonlySet<PushFailure> = new Set(['TIMEOUT', 'BLOCKED', 'CONNECT']);

const FAILURE_TEXTS: Record<PushFailure, string> = {
  TIMEOUT: NO_ANSWER,
  BLOCKED: NO_ANSWER,
  CONNECT: NO_ANSWER,
  RESET: 'the connection was cut off before the answer was whole',
  TLS: 'TLS failed',
  DNS: 'host name not resolved',
  PROTOCOL: 'not a valid HTTP answer',
  ABORTED: 'aborted by us',
  INVALID_URL: 'invalid url',
};

const GONE = 410;
/** Too many requests, and what stands in front of a server that is overloaded or away. */
const PAUSING: ReadonlySet<number> = new Set([429, 502, 503, 504]);
const PLAIN_FAILURE = { retryAfterMs: null, pausesEndpoint: false, isGone: false, isOurDoing: false };

/** Only 2xx is a delivery. */
export function judgePush(result: PushResult, now: Date): PushJudgement {
  switch (result.kind) {
    case 'answered':
      return judgeStatus(result.status, parseRetryAfter(result.retryAfter, now));
    case 'failed': {
      const { reason, detail } = result;
      const text = FAILURE_TEXTS[reason];
      const error = detail === '' || HIDDEN.has(reason) ? text : `${text}: ${detail}`;
      return { ...PLAIN_FAILURE, outcome: 'FAILED', error, isOurDoing: reason === 'ABORTED' };
    }
    default:
      return assertNever(result);
  }
}

function judgeStatus(status: number, retryAfterMs: number | null): PushJudgement {
  if (status >= 200 && status < 300) return { outcome: 'DELIVERED' };
  const isGone = status === GONE;
  return {
    outcome: 'FAILED',
    error: `answered ${status}${remark(status)}`,
    retryAfterMs: isGone ? null : retryAfterMs,
    pausesEndpoint: !isGone && (retryAfterMs !== null || PAUSING.has(status)),
    isGone,
    isOurDoing: false,
  };
}

function remark(status: number): string {
  if (status === GONE) return ', wants no more webhooks';
  return status >= 300 && status < 400 ? ', redirects are not followed' : '';
}
