import { decideHealth, isSpotless, newHealth, renewedHealth } from '../domain/endpoint-health.ts';
import type { EndpointHealth, HealthDecision, HealthResult } from '../domain/endpoint-health.ts';
import type { RetrySchedule } from '../domain/retry-plan.ts';
import { abortableSleep } from '../kernel/abortable-sleep.ts';
import type { Clock } from '../kernel/clock.ts';
import type { LoadHealth } from './health-loader.ts';
import type { OwnedSlot } from './owned-slot.ts';
import type { HealthRecord, Recorder } from './recorder.ts';
import type { TroubleLog } from './trouble-log.ts';

/** What of the endpoint a push was started under. */
export interface PushTime {
  readonly opening: number;
  readonly life: number;
}

/**
 * Whether an endpoint may be sent to, as far as its health goes. Its circuit opens when it fails or asks for a pause: then
 * nothing is sent but one probe at a time, each once the wait before it is over.
 */
export interface EndpointGate {
  /** Whether one more push may start beside so many in flight. Never before the stored health is known. */
  mayStart(inFlight: number): boolean;
  /** Whether nothing but probes are sent. */
  isOpen(): boolean;
  /** Since when the endpoint is sent to again after its circuit was open: what was made before has waited. Null: it never was. */
  resumedAt(): Date | null;
  /** Where the endpoint is pushed to now; null where it is not, undefined where it waits. To be told whenever it was read. */
  aim(url: string | null | undefined): void;
  /** To be asked when a push starts, and handed over with its result. */
  time(): PushTime;
  /** What a result makes of the health; null where it stays as it was. The caller records it with the attempt. */
  settle(time: PushTime, result: Omit<HealthResult, 'isLate'>): GateChange | null;
  /** To be called once the record is committed. */
  recorded(record: HealthRecord): void;
}

export interface GateChange {
  record: HealthRecord;
  /** Since when the circuit was open that is closed again; null where none is. */
  resumedFrom: Date | null;
}

interface EndpointGateDeps {
  endpointId: string;
  slot: OwnedSlot;
  /** As `aim`. */
  url: string | null | undefined;
  loadHealth: LoadHealth;
  recorder: Pick<Recorder, 'add'>;
  schedule: RetrySchedule;
  clock: Clock;
  random: () => number;
  trouble: TroubleLog;
  /** It is committed. */
  onRecorded(record: HealthRecord): void;
  /** An endpoint that had to wait is to be sent to again, though nothing was pushed. */
  onRenewed(): void;
}

const RETRY_LOAD_MS = 1000;
/**
 * After it was recorded that an endpoint is disabled, the row that comes next may have been read before. That of the
 * second is not: somebody enabled it again.
 */
const LOOKS_TO_BELIEVE = 2;

export function createEndpointGate(deps: EndpointGateDeps): EndpointGate {
  const { endpointId, slot, loadHealth, recorder, schedule, clock, random, trouble } = deps;
  let { url } = deps;
  /** Undefined until it is loaded. */
  let health: EndpointHealth | undefined;
  /** It was seen switched off since its health began or, where it is disabled, since that was recorded. */
  let wasOff = url === null;
  /** How often it was seen switched on since it was recorded that it is disabled. */
  let looks = 0;
  let isDisabledStored = false;
  let opening = 0;
  let life = 0;

  const become = (after: EndpointHealth): void => {
    if (after.circuit !== null && health?.circuit == null) opening++;
    health = after;
  };

  const toRecord = (
    before: EndpointHealth,
    after: EndpointHealth,
    disable: HealthDecision['disable'],
  ): HealthRecord => ({
    health: after,
    disable: disable === null ? null : { id: endpointId, url: after.url, reason: disable, at: after.since },
    from: before.state,
  });

  const disabledIsStored = (): void => {
    isDisabledStored = true;
    wasOff = false;
    looks = 0;
  };

  const recorded = (record: HealthRecord): void => {
    if (record.health.state === 'DISABLED') disabledIsStored();
    deps.onRecorded(record);
  };

  /** It was switched on again, or leads elsewhere: what it did before does not count. */
  const renew = (before: EndpointHealth, to: string): void => {
    const after = renewedHealth(before, to, clock.now());
    const hadToWait = before.circuit !== null || before.state === 'DISABLED';
    health = after;
    isDisabledStored = false;
    looks = 0;
    life++;
    if (isSpotless(before)) return;
    const record = toRecord(before, after, null);
    recorder.add({ slot, health: record, onRecorded: () => recorded(record) });
    if (hadToWait) deps.onRenewed();
  };

  const look = (): void => {
    if (health === undefined || typeof url !== 'string') return;
    const isOther = health.state === 'DISABLED' ? looks >= LOOKS_TO_BELIEVE : health.url !== url;
    if (wasOff || isOther) renew(health, url);
    wasOff = false;
  };

  const load = async (): Promise<void> => {
    while (slot.state === 'HELD') {
      try {
        const stored = await loadHealth(endpointId);
        become(stored ?? newHealth(endpointId, url ?? '', clock.now()));
        if (stored?.state === 'DISABLED') disabledIsStored();
        look();
        return;
      } catch (error) {
        trouble('webhook endpoint health not read', error, { endpointId });
        await abortableSleep(RETRY_LOAD_MS, new AbortController().signal);
      }
    }
  };
  void load();

  return {
    mayStart(inFlight) {
      if (health === undefined || health.state === 'DISABLED') return false;
      const { circuit } = health;
      return circuit === null || (inFlight === 0 && clock.now() >= circuit.retryAt);
    },
    isOpen: () => health?.circuit != null,
    resumedAt: () => health?.resumedAt ?? null,
    aim(next) {
      url = next;
      if (next === null) wasOff = true;
      else if (next !== undefined && isDisabledStored) looks++;
      look();
    },
    time: () => ({ opening, life }),
    settle(time, result) {
      if (health === undefined || time.life !== life) return null;
      const before = health;
      const isLate = time.opening !== opening;
      const decision = decideHealth(before, { ...result, isLate }, { now: clock.now(), schedule, random });
      if (decision.health === before) return null;
      become(decision.health);
      return {
        record: toRecord(before, decision.health, decision.disable),
        resumedFrom: decision.hasResumed ? (before.circuit?.openedAt ?? null) : null,
      };
    },
    recorded,
  };
}
