import { overlapEnd } from './rotation-overlap.ts';
import type { Refusal } from './submission.ts';
import type { EndpointSecret, WebhookEndpoint } from './webhook-endpoint.ts';

export type EndpointSecrets = Pick<WebhookEndpoint, 'secret' | 'nextSecret'>;

/** What an endpoint's webhooks are signed with. */
export interface SigningSecrets {
  /** Of `X-Webhook-Signature`. */
  current: EndpointSecret;
  /** Beside it during the overlap of a rotation. */
  next: EndpointSecret | null;
}

/** At that time, whether or not the end of an overlap is written down yet. Null where there is nothing to sign with. */
export function signingSecrets({ secret, nextSecret }: EndpointSecrets, now: Date): SigningSecrets | null {
  if (nextSecret === null) return secret && { current: secret, next: null };
  const next = sealed(nextSecret.sealed);
  if (secret === null || nextSecret.until <= now) return { current: next, next: null };
  return { current: secret, next };
}

/** The secrets once the overlap of a rotation has ended; null while there is nothing to write down. */
export function endedOverlap({ nextSecret }: EndpointSecrets, now: Date): EndpointSecrets | null {
  return nextSecret !== null && nextSecret.until <= now ? takeOver(nextSecret.sealed) : null;
}

/**
 * The secrets of an endpoint once it has another one, which signs beside the old one for the overlap. One rotation at a
 * time: a third secret would have no header of its own.
 */
export function rotateEndpointSecret(
  endpoint: EndpointSecrets,
  newSecret: string,
  { overlapHours, now }: { overlapHours: number; now: Date },
): EndpointSecrets | Refusal {
  const signing = signingSecrets(endpoint, now);
  if (signing !== null && signing.next !== null) {
    const until = endpoint.nextSecret?.until.toISOString() ?? '';
    const message =
      `its secret is being rotated, until ${until}: promote the new one first ` +
      '(promoteWebhookEndpointSecret), or wait until then';
    return { code: 'CONFLICT', message, path: ['input', 'id'] };
  }
  if (signing === null || overlapHours === 0) return takeOver(newSecret);
  return {
    secret: signing.current,
    nextSecret: { sealed: newSecret, until: overlapEnd(overlapHours, now) },
  };
}

/** The secrets of an endpoint once the new one signs alone, before the overlap would end by itself. */
export function promoteEndpointSecret({ nextSecret }: EndpointSecrets): EndpointSecrets | Refusal {
  if (nextSecret !== null) return takeOver(nextSecret.sealed);
  const message = 'its secret is not being rotated: its newest one signs alone';
  return { code: 'CONFLICT', message, path: ['input', 'id'] };
}

function takeOver(newSecret: string): EndpointSecrets {
  return { secret: sealed(newSecret), nextSecret: null };
}

function sealed(text: string): EndpointSecret {
  return { form: 'SEALED', sealed: text };
}
