import type { RetrySchedule } from '../domain/retry-plan.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { EndpointHealthStore } from '../store/endpoint-health-store.ts';
import { createEndpointGate } from './endpoint-gate.ts';
import type { EndpointGate } from './endpoint-gate.ts';
import { createHealthLoader } from './health-loader.ts';
import type { OwnedSlot } from './owned-slot.ts';
import type { HealthRecord, Recorder } from './recorder.ts';
import type { TroubleLog } from './trouble-log.ts';

interface EndpointGatesDeps {
  healths: Pick<EndpointHealthStore, 'byIds'>;
  recorder: Pick<Recorder, 'add'>;
  schedule: RetrySchedule;
  clock: Clock;
  random: () => number;
  logger: Logger;
  trouble: TroubleLog;
  /** Some endpoint came to another state, and that is committed. */
  onHealthChanged(): void;
  /** The endpoint is to be sent to again, though nothing was pushed. */
  onRenewed(endpointId: string): void;
}

/** Makes the gate of an endpoint as its pump starts; `url` as in `EndpointGate.aim`. */
export type OpenGate = (endpointId: string, slot: OwnedSlot, url: string | null | undefined) => EndpointGate;

/** Gates that share the loading of what is stored and tell of each change in one line. */
export function createEndpointGates({ healths, ...deps }: EndpointGatesDeps): OpenGate {
  const loadHealth = createHealthLoader({ healths });

  const tell = ({ from, health, disable }: HealthRecord): void => {
    const { endpointId, state, reason, circuit, consecutiveFailures } = health;
    if (from === state) return;
    const level = state === 'HEALTHY' || state === 'THROTTLED' ? 'info' : 'warn';
    deps.logger[level](
      {
        endpointId,
        from,
        to: state,
        ...(reason !== null && { why: reason }),
        ...(consecutiveFailures > 0 && { failures: consecutiveFailures }),
        ...(circuit !== null && { until: circuit.retryAt }),
        ...(disable !== null && { disabled: disable.reason }),
      },
      'webhook endpoint health changed',
    );
    deps.onHealthChanged();
  };

  return (endpointId, slot, url) =>
    createEndpointGate({
      ...deps,
      endpointId,
      slot,
      url,
      loadHealth,
      onRecorded: tell,
      onRenewed: () => deps.onRenewed(endpointId),
    });
}
