import type { TimeOrder } from '../../store/time-order.ts';
import type { Listing } from './connection.ts';

/** A list that can be read from either end of time. A cursor belongs to one of the two orders. */
export function timeListings<T>(name: string, keyOf: Listing<T>['keyOf']): Record<TimeOrder, Listing<T>> {
  return {
    NEWEST_FIRST: { order: `${name}-`, keyOf },
    OLDEST_FIRST: { order: `${name}+`, keyOf },
  };
}
