import { setMaxListeners } from 'node:events';
import type { Delivery } from '../../domain/delivery.ts';
import type { Event } from '../../domain/event.ts';
import type { Receipt } from '../../domain/receipt.ts';
import type { WebhookEndpoint } from '../../domain/webhook-endpoint.ts';
import { assertNever } from '../../kernel/assert-never.ts';
import { createGate } from '../../kernel/gate.ts';
import type { IncidentReader } from '../../store/incident-reader.ts';
import { codedError } from '../errors/coded-error.ts';
import type { ChangeFeed } from './change-feed.ts';
import { matchesEvent } from './event-filter.ts';
import { createEventPages } from './event-pages.ts';
import type { EventRouter } from './event-router.ts';
import { executeToText, readRequest } from './live-operation.ts';
import type { LiveExecutionDeps, LiveOperation } from './live-operation.ts';
import type { LiveRequest } from './live-source.ts';
import { matchesReceipt } from './receipt-filter.ts';
import { beginReplay } from './replay-events.ts';
import type { EventHistory } from './replay-events.ts';
import { createReplayedTexts } from './replayed-texts.ts';
import { createShareKey } from './share-key.ts';
import { createSharedExecution } from './shared-execution.ts';
import type { Member, SharedExecution } from './shared-execution.ts';
import type { Subscriber } from './subscriber.ts';

export interface LiveHubDeps extends LiveExecutionDeps {
  router: EventRouter;
  history: EventHistory;
  incidents: Pick<IncidentReader, 'byId'>;
  deliveries: ChangeFeed<Delivery>;
  receipts: ChangeFeed<Receipt>;
  /** Endpoints as their health changes. */
  endpointHealth: ChangeFeed<WebhookEndpoint>;
}

export interface LiveHub {
  /** Follows what the operation asks for until the returned function is called, or the subscriber is failed. */
  open(operation: LiveOperation, subscriber: Subscriber): () => void;
  /** Executions that are shared right now. */
  groups(): number;
  /** What follows events or watches changes right now, on behalf of those. */
  listeners(): number;
}

/** A new member has had nothing. */
const NOTHING = -1;
/** Of what subscribing itself begins, in the whole process: who subscribes again and again only waits his turn. */
const BEGUN_AT_ONCE = 32;

export function createLiveHub(deps: LiveHubDeps): LiveHub {
  const { router, history, present, deliveries, receipts, endpointHealth } = deps;
  const shareKey = createShareKey(deps.schema);
  const pages = createEventPages({ history });
  const texts = createReplayedTexts();
  const gate = createGate(BEGUN_AT_ONCE);
  const groups = new Map<string, SharedExecution<unknown>>();

  const groupOf = (key: string, operation: LiveOperation, request: LiveRequest): SharedExecution<unknown> => {
    const known = groups.get(key);
    if (known !== undefined) return known;
    const gone = new AbortController();
    // All that are executed side by side listen.
    setMaxListeners(0, gone.signal);
    const isIncident = request.kind === 'INCIDENT';
    const how = { gone: gone.signal, ...(isIncident && { gate }) };
    const group = createSharedExecution<unknown>({
      run: (value) => executeToText(deps, operation, value, how),
      coalesce: isIncident,
      onEmpty() {
        gone.abort();
        stop();
        groups.delete(key);
      },
    });
    const stop = followFor(deps, request, (value, sequence) => group.offer({ value, sequence }));
    groups.set(key, group);
    return group;
  };

  return {
    groups: () => groups.size,
    listeners: () =>
      [router, deliveries, receipts, endpointHealth].reduce((sum, { size }) => sum + size(), 0),

    open(operation, subscriber) {
      let open = true;
      const gone = new AbortController();
      let leave: (() => void) | null = null;

      const join = (
        key: string,
        request: LiveRequest,
        from: number,
      ): { group: SharedExecution<unknown>; member: Member } => {
        const group = groupOf(key, operation, request);
        const member: Member = { subscriber, from };
        group.add(member);
        leave = () => group.remove(member);
        return { group, member };
      };

      const followIncident = async (
        key: string,
        request: LiveRequest & { kind: 'INCIDENT' },
      ): Promise<void> => {
        const { incidentId } = request;
        const known = await gate(() => deps.incidents.byId(incidentId), gone.signal);
        if (known === null)
          throw codedError('NOT_FOUND', `There is no incident ${incidentId.slice(0, 128)}.`);
        if (!open) return;
        const { group, member } = join(key, request, NOTHING);
        group.offer({ value: incidentId, sequence: 0, only: member });
      };

      const deliver = async (event: Event, key: string): Promise<boolean> => {
        if (!open || !subscriber.hasRoom()) return false;
        const replayed = texts.of(event, key, (left) =>
          executeToText(deps, operation, event, { gone: left, gate }),
        );
        leave = () => replayed.leave();
        const text = await replayed.text;
        leave = null;
        open &&= subscriber.send(text);
        return open;
      };

      const followEvents = async (key: string, request: LiveRequest & { kind: 'EVENTS' }): Promise<void> => {
        if (request.after === null) {
          join(key, request, router.position());
          return;
        }
        const options = {
          history,
          pages,
          after: request.after,
          matches: (event: Event) => matchesEvent(event, request.filter),
          deliver: (event: Event) => deliver(event, key),
        };
        const replay = await gate(() => beginReplay(options), gone.signal);
        // Nothing may come between the last look at the position and the joining.
        while (open && replay.from() < router.position()) {
          await subscriber.ready();
          await replay.page(router.position());
        }
        if (open) join(key, request, replay.from());
      };

      const start = async (): Promise<void> => {
        const request = await readRequest(deps, operation);
        if (!open) return;
        if (!('kind' in request)) return subscriber.fail(request.map((error) => present(error)));
        const key = shareKey(operation);
        if (request.kind === 'EVENTS') return followEvents(key, request);
        if (request.kind === 'INCIDENT') return followIncident(key, request);
        join(key, request, NOTHING);
      };

      start().catch((error: unknown) => {
        if (open) subscriber.fail([present(error)]);
      });
      return () => {
        open = false;
        gone.abort();
        leave?.();
      };
    },
  };
}

function followFor(
  { router, deliveries, receipts, endpointHealth }: LiveHubDeps,
  request: LiveRequest,
  listener: (value: unknown, sequence: number) => void,
): () => void {
  switch (request.kind) {
    case 'EVENTS':
      return router.follow(request.filter, (event) => listener(event, event.sequence));
    case 'INCIDENT':
      return router.follow({ incidentId: [request.incidentId] }, (event) =>
        listener(event.incidentId, event.sequence),
      );
    case 'DELIVERIES':
      return deliveries.listen(request.endpointId, (delivery) => listener(delivery, 0));
    case 'ENDPOINT_HEALTH':
      return endpointHealth.listen(request.endpointId, (endpoint) => listener(endpoint, 0));
    case 'RECEIPTS':
      return receipts.listen(null, (receipt) => {
        if (matchesReceipt(receipt, request.filter)) listener(receipt, 0);
      });
    default:
      return assertNever(request);
  }
}
