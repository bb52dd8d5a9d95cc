import type { NewId } from '../kernel/ids.ts';
import type { JsonValue } from '../kernel/canonical-json.ts';
import { authenticate } from './authenticate.ts';
import type { Authentication } from './authenticate.ts';
import type { IntakeRequest, Problem, VerifiedRequest } from './intake.ts';
import type { Interpretation, Provider, VerifyContext } from './provider.ts';
import type { Source } from './source.ts';

export interface JudgeOptions extends Pick<VerifyContext, 'unsignedAllowed' | 'fetchText'> {
  provider: Provider;
  source: Source;
  receiptId: string;
  receivedAt: Date;
  newId: NewId;
}

/** All that can be said of a webhook before any state is looked at. */
export type Judgement = Taken | Refused;

export interface Taken {
  kind: 'TAKEN';
  verified: VerifiedRequest;
  deliveryId: string | null;
  interpretation: Exclude<Interpretation, { kind: 'INVALID' }>;
  /** Set where the same webhook, when it comes again, is to be judged anew: it takes no dedup key. */
  judgeAgain?: true;
}

interface Refused {
  kind: 'REFUSED';
  /** 500 where a provider's code failed: a fault of ours, whose webhook is kept all the same. 503: it is to come again. */
  status: 400 | 401 | 413 | 422 | 500 | 503;
  problems: Problem[];
  /** Null where nobody vouches for the webhook. */
  verified: VerifiedRequest | null;
  deliveryId: string | null;
  /** What was thrown, with status 500. */
  cause?: unknown;
}

export function judge(request: IntakeRequest, options: JudgeOptions): Judgement | Promise<Judgement> {
  const { provider, receivedAt } = options;
  const unread = { verified: null, deliveryId: provider.deliveryId(request.headers, null) };
  if (request.body.length > provider.bodyLimit) {
    const message = `larger than the ${provider.bodyLimit} bytes that a webhook of ${provider.name} may have`;
    return { kind: 'REFUSED', status: 413, problems: [{ path: '', message }], ...unread };
  }
  const authentication = authenticate(request, { ...options, now: receivedAt });
  // Most senders prove themselves at once, and one webhook in hand is not to wait for the next turn.
  return authentication instanceof Promise
    ? authentication.then((settled) => judgeAuthenticated(settled, unread, options))
    : judgeAuthenticated(authentication, unread, options);
}

function judgeAuthenticated(
  authentication: Authentication,
  unread: { verified: null; deliveryId: string | null },
  options: JudgeOptions,
): Judgement {
  const { provider } = options;
  if (authentication.kind === 'REFUSED') {
    const { status, problem } = authentication;
    return { kind: 'REFUSED', status, problems: [problem], ...unread };
  }
  const verified = authentication.request;
  try {
    const parsed = provider.parse(verified);
    if (parsed.readable) return judgePayload(parsed.payload, verified, options);
    return { kind: 'REFUSED', status: 400, problems: [parsed.problem], ...unread, verified };
  } catch (cause) {
    const problems = [{ path: '', message: `OpsLens failed to read this webhook: ${String(cause)}` }];
    return { kind: 'REFUSED', status: 500, problems, ...unread, verified, cause };
  }
}

function judgePayload(payload: JsonValue, verified: VerifiedRequest, options: JudgeOptions): Judgement {
  const { provider, source, receiptId, receivedAt, newId } = options;
  const { headers } = verified;
  const deliveryId = provider.deliveryId(headers, payload);
  if (!source.enabled) {
    const reason = `the source ${source.name} is disabled`;
    return {
      kind: 'TAKEN',
      verified,
      deliveryId,
      interpretation: { kind: 'IGNORED', reason },
      judgeAgain: true,
    };
  }
  const interpretation = provider.interpret(payload, {
    source: source.keyName,
    settings: source.settings,
    receiptId,
    receivedAt,
    headers,
    newId,
  });
  return interpretation.kind === 'INVALID'
    ? { kind: 'REFUSED', status: 422, problems: interpretation.problems, verified, deliveryId }
    : { kind: 'TAKEN', verified, deliveryId, interpretation };
}
