import { createHmac } from 'node:crypto';
import type { EventType } from '../../src/domain/event.ts';
import type { IncidentStatus } from '../../src/domain/incident.ts';
import { eventually } from './eventually.ts';
import type { ReceivedPush, StoredEvent, StoredReceipt } from './find-losses.ts';
import { askGraphql, readPages } from './graphql-client.ts';
import type { Arrival } from './sink.ts';

const RECEIPTS = `query ($after: String) {
  page: receipts(first: 100, after: $after) {
    nodes { id deliveryId outcome } pageInfo { hasNextPage endCursor }
  }
}`;

const INCIDENTS = `query ($after: String) {
  page: incidents(first: 90, after: $after) {
    nodes { id events(first: 100) { nodes { id sequence type snapshot { status } } } }
    pageInfo { hasNextPage endCursor }
  }
}`;

interface IncidentNode {
  id: string;
  events: {
    nodes: { id: string; sequence: number; type: EventType; snapshot: { status: IncidentStatus } }[];
  };
}

/** All that the API tells, read page by page as a client does. */
export async function observeApi(
  port: number,
): Promise<{ receipts: StoredReceipt[]; incidentIds: string[]; events: StoredEvent[] }> {
  const receipts = await readPages<StoredReceipt>(port, RECEIPTS);
  const incidents = await readPages<IncidentNode>(port, INCIDENTS);
  const events = incidents.flatMap(({ id: incidentId, events: { nodes } }) =>
    nodes.map(({ id, sequence, type, snapshot }) => ({
      id,
      sequence,
      type,
      incidentId,
      status: snapshot.status,
    })),
  );
  return { receipts, incidentIds: incidents.map(({ id }) => id), events };
}

/** The number of the newest event. */
export async function readHead(port: number): Promise<number> {
  const { eventLog } = await askGraphql<{ eventLog: { head: number } }>(port, '{ eventLog { head } }');
  return eventLog.head;
}

/** A push as a receiver who knows the secret judges it. */
export function toReceivedPush({ headers, body }: Arrival, secret: string): ReceivedPush {
  const { data } = JSON.parse(body.toString()) as { data: { incident_id: string } };
  const digest = createHmac('sha256', secret).update(body).digest('hex');
  return {
    eventId: String(headers['webhook-id']),
    sequence: Number(headers['x-opslens-sequence']),
    incidentId: data.incident_id,
    isSigned: headers['x-webhook-signature'] === `sha256=${digest}`,
  };
}

const QUIET_MS = 30_000;

/** Resolves when no delivery is open: what was sent is recorded, so nothing will be sent again. */
export async function untilQuiet(port: number): Promise<void> {
  const query = '{ deliveries(filter: { state: [PENDING, WAITING] }, first: 1) { nodes { id } } }';
  await eventually(
    () => askGraphql<{ deliveries: { nodes: unknown[] } }>(port, query),
    ({ deliveries }) => deliveries.nodes.length === 0,
    { withinMs: QUIET_MS, what: 'all deliveries are recorded as made' },
  );
}
