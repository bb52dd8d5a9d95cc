import { createHmac } from 'node:crypto';
import mongoose from 'mongoose';
import { Webhook } from 'standardwebhooks';
import { slotOf } from '../../src/domain/slot.ts';
import type { DeliveryRow } from '../../src/store/delivery-row.ts';
import { eventually } from './eventually.ts';
import type { Arrival } from './sink.ts';

/** What a test sees and touches in the database of servers that are killed and stopped. */
export interface WatchedDeliveries extends AsyncDisposable {
  endpointId(url: string): Promise<string>;
  /** Those to an endpoint, by sequence. */
  rows(endpointId: string): Promise<DeliveryRow[]>;
  untilRows(endpointId: string, count: number): Promise<void>;
  /** Resolves when there are so many, and all are final. */
  untilSettled(endpointId: string, count: number, withinMs: number): Promise<DeliveryRow[]>;
  /** Everything that a sender writes about these endpoints, to be compared. */
  stored(endpointIds: readonly string[]): Promise<unknown>;
  /** Nobody can write this delivery until it is let go. */
  lock(deliveryId: string): Promise<{ release(): Promise<void> }>;
  slotHolder(endpointId: string): Promise<number | null>;
}

interface LeaseRow {
  _id: string;
  holder: { pid: number } | null;
}

export async function watchDeliveries(uri: string): Promise<WatchedDeliveries> {
  // Another name than the servers have, which end transactions of theirs that were left open.
  const client = await new mongoose.mongo.MongoClient(uri, { appName: 'opslens-watch' }).connect();
  const database = client.db();
  const deliveries = database.collection<DeliveryRow>('deliveries');
  const rows = (endpointId: string) => deliveries.find({ endpointId }).sort({ sequence: 1 }).toArray();
  return {
    rows,
    async endpointId(url) {
      const row = await database
        .collection<{ _id: string; url: string }>('webhook_endpoints')
        .findOne({ url });
      if (row === null) throw new Error(`nobody registered ${url}`);
      return row._id;
    },
    async untilRows(endpointId, count) {
      await eventually(
        () => deliveries.countDocuments({ endpointId }),
        (found) => found >= count,
        { withinMs: 10_000, what: `${count} events are fanned out to ${endpointId}` },
      );
    },
    untilSettled: (endpointId, count, withinMs) =>
      eventually(
        () => rows(endpointId),
        (all) => all.length >= count && all.every(({ completedAt }) => completedAt !== null),
        { withinMs, what: `${count} deliveries to ${endpointId} are final` },
      ),
    stored: (endpointIds) =>
      Promise.all([
        ...endpointIds.map(rows),
        database
          .collection<{ _id: string }>('endpoint_health')
          .find({ _id: { $in: [...endpointIds] } })
          .toArray(),
      ]),
    async lock(deliveryId) {
      const session = client.startSession();
      session.startTransaction();
      const { matchedCount } = await deliveries.updateOne(
        { _id: deliveryId },
        { $set: { bodyBytes: 0 } },
        { session },
      );
      if (matchedCount !== 1) throw new Error(`there is no delivery ${deliveryId}`);
      return {
        async release() {
          await session.abortTransaction();
          await session.endSession();
        },
      };
    },
    async slotHolder(endpointId) {
      const name = `slot:${String(slotOf(endpointId)).padStart(2, '0')}`;
      const row = await database.collection<LeaseRow>('leases').findOne({ _id: name });
      return row?.holder?.pid ?? null;
    },
    [Symbol.asyncDispose]: () => client.close(),
  };
}

/** How often each event came, by the id of its delivery. */
export function timesArrived(arrivals: readonly Arrival[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const { headers } of arrivals) {
    const id = String(headers['x-opslens-delivery']);
    times.set(id, (times.get(id) ?? 0) + 1);
  }
  return times;
}

/**
 * What a receiver has to complain of: an event that did not come, or came and is not known, copies that differ, first
 * copies out of order within their incident, signatures that do not verify.
 */
export function complaints(
  arrivals: readonly Arrival[],
  rows: readonly DeliveryRow[],
  secret: string,
): string[] {
  const found: string[] = [];
  const known = new Map(rows.map((row) => [row._id, row]));
  const firsts = new Map<string, Arrival>();
  const newest = new Map<string, number>();
  for (const arrival of arrivals) {
    const id = String(arrival.headers['x-opslens-delivery']);
    const row = known.get(id);
    if (row === undefined) found.push(`unknown: ${id}`);
    if (!isSigned(arrival, secret)) found.push(`badly signed: ${id}`);
    const first = firsts.get(id);
    if (first !== undefined) {
      if (!isCopy(arrival, first)) found.push(`copies differ: ${id}`);
      continue;
    }
    firsts.set(id, arrival);
    if (row === undefined) continue;
    if (row.sequence < (newest.get(row.incidentId) ?? 0)) found.push(`out of order: ${id}`);
    newest.set(row.incidentId, row.sequence);
    if (arrival.headers['webhook-id'] !== row.eventId) found.push(`another id: ${id}`);
  }
  for (const id of known.keys()) if (!firsts.has(id)) found.push(`did not come: ${id}`);
  return found;
}

function isCopy(one: Arrival, other: Arrival): boolean {
  const same = ['webhook-id', 'x-opslens-sequence', 'x-opslens-event'];
  return one.body.equals(other.body) && same.every((name) => one.headers[name] === other.headers[name]);
}

function isSigned({ headers, body }: Arrival, secret: string): boolean {
  const digest = createHmac('sha256', secret).update(body).digest('hex');
  if (headers['x-webhook-signature'] !== `sha256=${digest}`) return false;
  try {
    new Webhook(secret).verify(body.toString(), headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}
