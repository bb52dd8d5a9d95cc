import type { GivenSettings } from '../domain/webhook-endpoint.ts';
import type { SigningKeys } from './push-headers.ts';

/**
 * Where and how an endpoint's deliveries go. Null: they do not, and are cancelled when met. Undefined: they cannot go for
 * now, and stay as they are.
 */
export type Target = PushTarget | null | undefined;

export interface PushTarget extends Pick<GivenSettings, 'headers' | 'ratePerSecond' | 'maxInFlight'> {
  url: string;
  keys: SigningKeys;
}
