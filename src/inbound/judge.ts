import type { NewId } from '../kernel/ids.ts';
import type { JsonValue } from '../kernel/canonical-json.ts';
import { authenticate } from './authenticate.ts';
import type { Authentication } from './authenticate.ts';
import type { IntakeRequest, Problem, VerifiedRequest } from './intake.ts';
import type { Interpretation, Provider, VerifyContext } from './provider.ts';
import type { Source } from './source.ts';

export interface ReadOptions {
  provider: Provider;
  source: Source;
  receiptId: string;
  receivedAt: Date;
  newId: NewId;
}

export type JudgeOptions = ReadOptions & Pick<VerifyContext, 'unsignedAllowed' | 'fetchText'>;

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

export interface Refused {
  kind: 'REFUSED';
  /** 500 where a provider's code failed: a fault of ours, whose webhook is kept all the same. 503: it is to come again. */
  status: 400 | 401 | 413 | 415 | 422 | 500 | 503;
  problems: Problem[];
  /** Null where nobody vouches for the webhook. */
  verified: VerifiedRequest | null;
  deliveryId: string | null;
  /** What was thrown, with status 500. */
  cause?: unknown;
}

export function judge(request: IntakeRequest, options: JudgeOptions): Judgement | Promise<Judgement> {
  const tooLarge = refuseSize(request, options);
  if (tooLarge !== null) return tooLarge;
  const authentication = authenticate(request, { ...options, now: options.receivedAt });
  // Most senders prove themselves at once, and one webhook in hand is not to wait for the next turn.
  return authentication instanceof Promise
    ? authentication.then((settled) => judgeAuthenticated(settled, request, options))
    : judgeAuthenticated(authentication, request, options);
}

/** The same of a webhook that somebody made up to see what it would do: nobody need vouch for it. */
export function judgeMadeUp(request: IntakeRequest, options: ReadOptions): Judgement {
  const { headers, body } = request;
  return (
    refuseSize(request, options) ??
    judgeVerified({ headers, body, verifiedWith: null, secretId: null }, options)
  );
}

function refuseSize({ headers, body }: IntakeRequest, { provider }: ReadOptions): Refused | null {
  const { name, bodyLimit } = provider;
  if (body.length <= bodyLimit) return null;
  const message = `larger than the ${bodyLimit} bytes that a webhook of ${name} may have`;
  const deliveryId = provider.deliveryId(headers, null);
  return { kind: 'REFUSED', status: 413, problems: [{ path: '', message }], verified: null, deliveryId };
}

function judgeAuthenticated(
  authentication: Authentication,
  { headers }: IntakeRequest,
  options: ReadOptions,
): Judgement {
  if (authentication.kind === 'VERIFIED') return judgeVerified(authentication.request, options);
  const { status, problem } = authentication;
  const deliveryId = options.provider.deliveryId(headers, null);
  return { kind: 'REFUSED', status, problems: [problem], verified: null, deliveryId };
}

/** What a webhook means whose sender was believed, now or when it came. */
export function judgeVerified(verified: VerifiedRequest, options: ReadOptions): Judgement {
  const { provider } = options;
  const refused = (status: 400 | 500, problem: Problem, cause?: unknown): Refused => {
    const deliveryId = provider.deliveryId(verified.headers, null);
    return { kind: 'REFUSED', status, problems: [problem], verified, deliveryId, cause };
  };
  try {
    const parsed = provider.parse(verified);
    return parsed.readable ? judgePayload(parsed.payload, verified, options) : refused(400, parsed.problem);
  } catch (cause) {
    const message = `OpsLens failed to read this webhook: ${String(cause)}`;
    return refused(500, { path: '', message }, cause);
  }
}

function judgePayload(payload: JsonValue, verified: VerifiedRequest, options: ReadOptions): Judgement {
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
