import type { AccessMode } from './access/access-mode.ts';
import type { RunningCommitter } from './commands/committer.ts';
import type { Config } from './config.ts';
import type { IntakeHandler } from './http/handlers.ts';
import { fetchText } from './inbound/fetch-text.ts';
import { createReceive } from './inbound/receive.ts';
import type { ProviderRegistry } from './inbound/registry.ts';
import type { Sources } from './inbound/source.ts';
import type { Clock } from './kernel/clock.ts';
import type { NewId } from './kernel/ids.ts';
import type { Logger } from './kernel/logger.ts';
import type { Metrics } from './kernel/metrics.ts';

export interface OpenIntakeOptions {
  config: Pick<Config, 'unsignedIntake'>;
  mode: AccessMode;
  registry: ProviderRegistry;
  sources: Sources;
  committer: RunningCommitter;
  clock: Clock;
  newId: NewId;
  logger: Logger;
  metrics: Metrics;
}

/** Wires what takes webhooks in. */
export function openIntake(options: OpenIntakeOptions): IntakeHandler {
  const { config, mode, registry, sources, committer, clock, newId, logger, metrics } = options;
  const receive = createReceive({
    registry,
    sources,
    committer,
    clock,
    newId,
    logger,
    metrics,
    fetchText,
    auth: {
      unsignedIntakeAllowed: (provider) => mode === 'OFF' || config.unsignedIntake.includes(provider),
    },
  });
  return { limit: (provider) => registry.get(provider)?.bodyLimit, receive };
}
