import type { EventFilter, ReceiptFilter } from '../generated/resolvers-types.ts';
import type { Given } from '../limits/given-filter.ts';

/** What a subscription asks to follow. */
export type LiveRequest =
  | { kind: 'EVENTS'; after: number | null; filter: Given<EventFilter> }
  | { kind: 'INCIDENT'; incidentId: string }
  | { kind: 'DELIVERIES'; endpointId: string | null }
  | { kind: 'ENDPOINT_HEALTH'; endpointId: string | null }
  | { kind: 'RECEIPTS'; filter: Given<ReceiptFilter> };

/** What a subscription's resolver hands to the hub: a request in the shape that GraphQL wants a stream to have. */
export interface LiveSource extends AsyncIterable<never> {
  request: LiveRequest;
}

export function liveSource(request: LiveRequest): LiveSource {
  return {
    request,
    [Symbol.asyncIterator]() {
      throw new Error('a live source is followed by the hub, not iterated');
    },
  };
}

export function isLiveSource(value: object): value is LiveSource {
  return 'request' in value;
}
