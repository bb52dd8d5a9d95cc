import type { Connection } from 'mongoose';
import { expect } from 'vitest';
import type { Delivery } from '../../src/domain/delivery.ts';
import type { Event } from '../../src/domain/event.ts';
import { deliveryModel, toDelivery } from '../../src/store/delivery-row.ts';
import { nativeCollection } from '../../src/store/native-collection.ts';
import { until } from './event-log.ts';
import type { EventLog } from './event-log.ts';

/** All numbered events, once there are so many. */
export function numbered(log: Pick<EventLog, 'events'>, count: number): Promise<Event[]> {
  return until(
    () => log.events.after(0, 100_000),
    (events) => events.length >= count,
  );
}

/** By sequence. */
export async function deliveriesTo(connection: Connection, endpointId: string): Promise<Delivery[]> {
  const rows = await nativeCollection(deliveryModel(connection))
    .find({ endpointId }, { sort: { sequence: 1 } })
    .toArray();
  return rows.map(toDelivery);
}

/** Numbers from 1 without a gap, and each incident's events in its own order. */
export function expectGapless(events: readonly Event[]): void {
  expect(events.map((event) => event.sequence)).toEqual(events.map((_, index) => index + 1));
  const seen = new Map<string, number>();
  for (const { incidentId, incidentSeq } of events) {
    expect(incidentSeq).toBe((seen.get(incidentId) ?? 0) + 1);
    seen.set(incidentId, incidentSeq);
  }
}

/** Each delivery names the number of the one before it. */
export async function expectChain(connection: Connection, endpointId: string): Promise<void> {
  let last: number | null = null;
  for (const delivery of await deliveriesTo(connection, endpointId)) {
    expect(delivery.previousSequence).toBe(last);
    last = delivery.sequence;
  }
}
