import { once } from 'node:events';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { Event } from '../../src/domain/event.ts';
import { readSdl } from '../../src/graphql/read-sdl.ts';
import { dateTime } from '../../src/graphql/scalars/date-time.ts';
import { sequence } from '../../src/graphql/scalars/sequence.ts';
import { newId } from '../../src/kernel/ids.ts';
import { createEventBus } from './event-bus.ts';
import { serveParent } from './parent-link.ts';
import { startVerifiedIntakeServer } from './verified-intake-server.ts';

export type PlainGraphqlWsMethods = typeof methods;

type Told = Omit<Event, 'details' | 'body' | 'incidentSeq'>;

/** The schema of OpsLens over graphql-ws as its documentation shows it; nothing is stored. */
const methods = serveParent({
  async listen({ secret }: { secret: string }): Promise<{ webhookPort: number; port: number }> {
    const bus = createEventBus<Told>();
    const schema = makeExecutableSchema({
      typeDefs: readSdl(),
      resolvers: {
        DateTime: dateTime,
        Sequence: sequence,
        Event: { __resolveType: () => 'IncidentCreated' },
        Subscription: { events: { subscribe: () => bus.subscribe(), resolve: (event: Told) => event } },
      },
      resolverValidationOptions: { requireResolversForResolveType: 'ignore' },
    });
    const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/graphql' });
    useServer({ schema }, sockets);
    await once(sockets, 'listening');
    const address = sockets.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    let last = 0;
    const webhookPort = await startVerifiedIntakeServer({
      secret,
      take: (_body, payload) => bus.publish(toEvent(payload as Payload, (last += 1))),
    });
    return { webhookPort, port: address.port };
  },
});

interface Payload {
  title: string;
  description: string;
  service: string;
  source: string;
}

function toEvent({ title, description, service, source }: Payload, number: number): Told {
  const now = new Date();
  const incidentId = newId();
  return {
    id: newId(),
    sequence: number,
    type: 'INCIDENT_CREATED',
    incidentId,
    occurredAt: now,
    recordedAt: now,
    snapshot: {
      incidentId,
      title,
      description,
      severity: 'HIGH',
      status: 'OPEN',
      service,
      source,
      url: null,
      externalKey: null,
      createdAt: now,
      openedAt: now,
      acknowledgedAt: null,
      resolvedAt: null,
      updatedAt: now,
      triggerCount: 1,
      lastSeenAt: now,
    },
  };
}
