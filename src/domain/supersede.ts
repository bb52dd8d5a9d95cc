import type { Delivery } from './delivery.ts';

/** What of an open delivery decides whether a newer one makes it needless. */
export type Supersedable = Pick<
  Delivery,
  'id' | 'sequence' | 'attemptCount' | 'collapsible' | 'supersedes' | 'redelivery'
>;

export interface Supersession {
  /** Needless now. */
  ids: string[];
  /** The one that is sent for them. */
  by: string;
  /** Numbers of all events that it stands for then, lowest first. */
  supersedes: number[];
}

/** They are told in one header. */
export const MAX_SUPERSEDED = 500;

/**
 * Which deliveries a newer one of their lane makes needless, by the newest that does. `behind` are open ones of one lane
 * in order, and never its head, which may be on its way. What was attempted, or what a person wants to have sent again,
 * stays too.
 */
export function supersede(behind: readonly Supersedable[]): Supersession[] {
  const found: Supersession[] = [];
  let ids: string[] = [];
  let survivor: Supersedable | null = null;
  let numbers: number[] = [];
  const close = (): void => {
    if (survivor !== null && ids.length > 0)
      found.push({ ids, by: survivor.id, supersedes: numbers.sort((a, b) => a - b) });
  };
  for (const row of behind) {
    if (!isSupersedable(row)) continue;
    const own = row.supersedes ?? [];
    if (survivor !== null && numbers.length + 1 + own.length <= MAX_SUPERSEDED) {
      ids.push(survivor.id);
      numbers.push(survivor.sequence, ...own);
    } else {
      close();
      ids = [];
      numbers = [...own];
    }
    survivor = row;
  }
  close();
  return found;
}

/** Whether a newer one of its lane, unless it is the lane's head, may stand for it. */
export function isSupersedable({ collapsible, attemptCount, redelivery }: Supersedable): boolean {
  return collapsible === true && attemptCount === 0 && redelivery === undefined;
}
