import type { DeliveryStore } from '../store/delivery-store.ts';

/** So many at once, in turn. */
const AT_ONCE = 50;

/** Names the next endpoints that have open deliveries, whoever made them, and those of endpoints that are gone. */
export function createOpenEndpoints({
  deliveries,
}: {
  deliveries: Pick<DeliveryStore, 'nextOpenEndpoint'>;
}): () => Promise<string[]> {
  let last = '';
  return async () => {
    const found: string[] = [];
    while (found.length < AT_ONCE) {
      const next = await deliveries.nextOpenEndpoint(last);
      last = next ?? '';
      if (next === null) break;
      found.push(next);
    }
    return found;
  };
}
