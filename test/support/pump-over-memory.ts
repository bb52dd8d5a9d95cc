import { createEndpointPump } from '../../src/outbound/endpoint-pump.ts';
import type { Target } from '../../src/outbound/push-target.ts';
import type { Lane } from '../../src/outbound/lane-window.ts';
import type { OwnedSlot } from '../../src/outbound/owned-slot.ts';
import type { RecordEntry } from '../../src/outbound/recorder.ts';
import type { OpenDelivery } from '../../src/store/delivery-store.ts';
import { createMemoryDeliveries } from './memory-deliveries.ts';

export const TARGET: Target = {
  url: 'http://e',
  headers: [],
  ratePerSecond: null,
  maxInFlight: null,
  keys: null as never,
};

/** The pump of one endpoint over deliveries in memory, sending where the test says. */
export function openPump() {
  const model = createMemoryDeliveries();
  let now = 1_800_000_000_000;
  let circuitClosedAt: Date | null = null;
  const slot = { index: 0, lease: null as never, validUntil: Infinity, state: 'HELD' } satisfies OwnedSlot;
  let queue: RecordEntry[] = [];
  const pump = createEndpointPump({
    endpointId: 'e1',
    slot,
    target: TARGET,
    gate: {
      mayStart: () => true,
      isOpen: () => false,
      resumedAt: () => circuitClosedAt,
      aim: () => undefined,
      time: () => ({ opening: 0, life: 0 }),
      settle: () => null,
      recorded: () => undefined,
    },
    deliveries: model.store as never,
    recorder: { add: (entry) => void queue.push(entry) },
    clock: { now: () => new Date(now), monotonic: () => now },
  });
  const sent: OpenDelivery[] = [];
  const inFlight = new Set<string>();
  let sequence = 0;

  const settle = (lane: Lane, row: OpenDelivery, fails: boolean): void => {
    const { window, due } = pump;
    const attempt = null as never;
    if (!fails) {
      window.finished(lane);
      queue.push({
        slot,
        attempt: { delivery: row, attempt, next: { state: 'DELIVERED', completedAt: new Date(now) } },
        onRecorded: () => window.recorded(lane, row.id),
      });
      return;
    }
    const dueAt = new Date(now + 5000);
    due.expectWaiting();
    const behind = window.failed(lane, dueAt);
    queue.push({
      slot,
      attempt: { delivery: row, attempt, next: { state: 'WAITING', dueAt } },
      ...(behind.length > 0 && { parked: { ids: behind, dueAt } }),
      onRecorded() {
        window.recorded(lane, row.id);
        due.waits(dueAt);
      },
    });
  };

  return {
    model,
    pump,
    sent,
    wait(ms: number): void {
      now += ms;
    },
    circuit(): void {
      circuitClosedAt = new Date(now);
      pump.resumed(new Date(0));
    },
    fanOut(incidentId: string, priorities: readonly number[], collapsible: boolean): void {
      for (const one of priorities) {
        sequence++;
        model.insert({
          id: `d${sequence}`,
          eventId: `v${sequence}`,
          eventType: 'INCIDENT_UPDATED',
          endpointId: 'e1',
          incidentId,
          sequence,
          previousSequence: null,
          priority: one,
          bodyBytes: 100,
          state: 'PENDING',
          dueAt: new Date(now),
          attemptCount: 0,
          createdAt: new Date(now),
          ...(collapsible && { collapsible: true as const }),
        });
      }
      pump.wake();
    },
    async read(): Promise<void> {
      if (pump.wantsRead()) await pump.read();
    },
    send(count: number, fail: number): void {
      for (let index = 1; index <= count; index++) {
        const next = pump.window.take();
        if (next === null) return;
        if (inFlight.has(next.row.id)) throw new Error(`${next.row.id} is sent twice at once`);
        sent.push(next.row);
        settle(next.lane, next.row, fail > 0 && index % (fail + 1) === 0);
      }
    },
    commit(): void {
      const entries = queue;
      queue = [];
      model.commit(entries);
    },
    idle: () => queue.length === 0,
  };
}
