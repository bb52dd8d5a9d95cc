import { slotOf } from '../domain/slot.ts';
import type { WebhookEndpoint } from '../domain/webhook-endpoint.ts';
import type { EndpointPump } from './endpoint-pump.ts';
import type { Target } from './push-target.ts';
import type { OwnedSlot } from './owned-slot.ts';
import type { Targets } from './targets.ts';

interface PumpsDeps {
  slots: { owned: ReadonlyMap<number, OwnedSlot> };
  targets: Targets;
  createPump(endpointId: string, slot: OwnedSlot, target: Target): EndpointPump;
  onStart(pump: EndpointPump): void;
}

/** The endpoints of the slots that this process holds. */
export function createPumps({ slots, targets, createPump, onStart }: PumpsDeps) {
  const pumps = new Map<string, EndpointPump>();

  const heldSlotOf = (endpointId: string): OwnedSlot | undefined => {
    const slot = slots.owned.get(slotOf(endpointId));
    return slot?.state === 'HELD' ? slot : undefined;
  };

  const ensure = (endpointId: string, target: Target): void => {
    const slot = heldSlotOf(endpointId);
    if (slot === undefined) return;
    const pump = pumps.get(endpointId);
    if (pump?.slot === slot) {
      pump.aim(target);
      return;
    }
    const started = createPump(endpointId, slot, target);
    pumps.set(endpointId, started);
    onStart(started);
  };

  return {
    all: () => pumps.values(),
    get: (endpointId: string) => pumps.get(endpointId),
    ofSlot: (slot: OwnedSlot) => [...pumps.values()].filter((pump) => pump.slot === slot),
    /** Whether the endpoint's deliveries are this process's to send. */
    isOurs: (endpointId: string) => heldSlotOf(endpointId) !== undefined,

    /**
     * Takes over what the endpoints are now. `withOpen` names endpoints that had open deliveries before `endpoints` was
     * read, so one that is missing there is gone.
     */
    sync(endpoints: ReadonlyMap<string, WebhookEndpoint>, withOpen: readonly string[]): void {
      for (const endpoint of endpoints.values()) ensure(endpoint.id, targets.of(endpoint));
      for (const id of withOpen) if (!endpoints.has(id)) ensure(id, null);
      for (const [id, pump] of pumps) {
        if (endpoints.has(id)) continue;
        pump.aim(null);
        if (pump.isDone()) pumps.delete(id);
      }
      targets.keep(endpoints);
    },

    remove(pump: EndpointPump): void {
      if (pumps.get(pump.endpointId) === pump) pumps.delete(pump.endpointId);
    },
  };
}
