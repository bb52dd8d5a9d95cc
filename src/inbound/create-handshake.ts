import type { IntakeReply, IntakeRequest } from './intake.ts';
import type { ProviderRegistry } from './registry.ts';
import { errorReply } from './reply.ts';
import type { Sources } from './source.ts';

/** Answers a sender that asks by OPTIONS whether it may send; null where its provider knows no such question. */
export type Handshake = (
  request: Pick<IntakeRequest, 'provider' | 'sourceName' | 'headers'>,
) => Promise<IntakeReply | null>;

export interface HandshakeDeps {
  registry: ProviderRegistry;
  sources: Pick<Sources, 'find'>;
  /** Webhooks a second of a source that has no rate of its own; 0 for as many as come. */
  ratePerSecond: number;
}

/** What is promised here is kept: nobody is welcomed to a source that does not exist, nor to send faster than it may. */
export function createHandshake({ registry, sources, ratePerSecond }: HandshakeDeps): Handshake {
  return async ({ provider: name, sourceName, headers }) => {
    const provider = registry.get(name);
    if (provider?.handshake === undefined) return null;
    const source = await sources.find(name, sourceName);
    if (source === null) {
      return errorReply(404, [{ path: '', message: `no source of this name for ${name} webhooks` }]);
    }
    const perSecond = source.ratePerSecond ?? ratePerSecond;
    return provider.handshake(headers, perSecond === 0 ? null : Math.max(1, Math.floor(perSecond * 60)));
  };
}
