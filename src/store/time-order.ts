import type { KeysetOrder } from './keyset-page.ts';

/** Of lists that stand in the order of time. */
export type TimeOrder = 'NEWEST_FIRST' | 'OLDEST_FIRST';

/** Both ways through a list by the field that grows with time. */
export function inTime(by: Omit<KeysetOrder, 'direction'>): Record<TimeOrder, KeysetOrder> {
  return { NEWEST_FIRST: { ...by, direction: -1 }, OLDEST_FIRST: { ...by, direction: 1 } };
}
