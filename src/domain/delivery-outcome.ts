import { assertNever } from '../kernel/assert-never.ts';

/** Why a push brought no answer. */
export type PushFailure =
  'TIMEOUT' | 'BLOCKED' | 'CONNECT' | 'RESET' | 'TLS' | 'DNS' | 'PROTOCOL' | 'ABORTED' | 'INVALID_URL';

/** What became of one HTTP push, before anyone judged it. */
export type PushResult =
  | { kind: 'answered'; status: number; body: string; retryAfter: string | null; durationMs: number }
  | { kind: 'failed'; reason: PushFailure; detail: string; durationMs: number };

export type PushJudgement = { outcome: 'DELIVERED'; error?: never } | { outcome: 'FAILED'; error: string };

const FAILURE_TEXTS: Record<PushFailure, string> = {
  TIMEOUT: 'timed out',
  BLOCKED: 'could not connect',
  CONNECT: 'could not connect',
  RESET: 'the connection was cut off before the answer was whole',
  TLS: 'TLS failed',
  DNS: 'host name not resolved',
  PROTOCOL: 'not a valid HTTP answer',
  ABORTED: 'aborted by us',
  INVALID_URL: 'invalid url',
};

/** Only 2xx is a delivery. `error` is the sentence that the attempt shows in the API. */
export function judgePush(result: PushResult): PushJudgement {
  switch (result.kind) {
    case 'answered':
      return judgeStatus(result.status);
    case 'failed': {
      const text = FAILURE_TEXTS[result.reason];
      return { outcome: 'FAILED', error: result.detail === '' ? text : `${text}: ${result.detail}` };
    }
    default:
      return assertNever(result);
  }
}

function judgeStatus(status: number): PushJudgement {
  if (status >= 200 && status < 300) return { outcome: 'DELIVERED' };
  const reason = status >= 300 && status < 400 ? ', redirects are not followed' : '';
  return { outcome: 'FAILED', error: `answered ${status}${reason}` };
}
