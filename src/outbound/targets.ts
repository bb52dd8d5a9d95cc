import type { KeyObject } from 'node:crypto';
import { isOwnHeader } from '../domain/endpoint-headers.ts';
import { signingSecrets } from '../domain/endpoint-rotation.ts';
import type { SigningSecrets } from '../domain/endpoint-rotation.ts';
import type {
  EndpointHeader,
  PlainHeader,
  SealedHeader,
  WebhookEndpoint,
} from '../domain/webhook-endpoint.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Target } from './push-target.ts';
import { secretKeys } from './push-headers.ts';
import type { SecretKeys } from './push-headers.ts';

interface TargetsDeps {
  openSecret: (endpoint: WebhookEndpoint) => string;
  /** Its value. Throws where it cannot be opened. */
  openHeader: (endpointId: string, header: SealedHeader) => string;
  /** Of this installation. Throws where it cannot be opened. */
  privateKey: () => KeyObject;
  clock: Pick<Clock, 'now'>;
  logger: Logger;
}

export interface Targets {
  /** Undefined where the endpoint is paused, or its secret or a header cannot be opened: neither sent nor cancelled then. */
  of(endpoint: WebhookEndpoint): Target;
  /** Forgets the endpoints that are not named. */
  keep(ids: { has(id: string): boolean }): void;
}

/** Opens each endpoint's secrets and headers once for as long as its row stays the same and no overlap of a rotation ends. */
export function createTargets({ openSecret, openHeader, privateKey, clock, logger }: TargetsDeps): Targets {
  const known = new Map<string, { signature: string; target: Target }>();

  const make = (endpoint: WebhookEndpoint, signing: SigningSecrets | null): Target => {
    const keysOf = (secret: WebhookEndpoint['secret']): SecretKeys =>
      secretKeys(openSecret({ ...endpoint, secret }));
    const opened = (header: EndpointHeader): PlainHeader =>
      'value' in header ? header : { name: header.name, value: openHeader(endpoint.id, header) };
    try {
      const { url, headers, ratePerSecond, maxInFlight, publicKeySignature } = endpoint;
      const keys = {
        current: keysOf(signing?.current ?? null),
        next: signing === null || signing.next === null ? null : keysOf(signing.next),
        privateKey: publicKeySignature ? privateKey() : null,
      };
      return { url, headers: headers.filter(isOwnHeader).map(opened), ratePerSecond, maxInFlight, keys };
    } catch (error) {
      logger.error(
        { err: error, endpointId: endpoint.id },
        'webhook secret or header cannot be opened, nothing is sent',
      );
      return undefined;
    }
  };

  return {
    of(endpoint) {
      if (endpoint.state === 'PAUSED') return undefined;
      if (endpoint.state !== 'ACTIVE') return null;
      const { url, headers, ratePerSecond, maxInFlight, publicKeySignature } = endpoint;
      const signing = signingSecrets(endpoint, clock.now());
      const content = [url, signing, headers, ratePerSecond, maxInFlight, publicKeySignature];
      const signature = JSON.stringify(content);
      const before = known.get(endpoint.id);
      if (before?.signature === signature) return before.target;
      const target = make(endpoint, signing);
      known.set(endpoint.id, { signature, target });
      return target;
    },
    keep(ids) {
      for (const id of known.keys()) if (!ids.has(id)) known.delete(id);
    },
  };
}
