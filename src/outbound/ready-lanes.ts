import { SEVERITIES } from '../domain/incident.ts';

/** Lanes that may be sent from, the most urgent first and in turn. */
export function createReadyLanes<L extends { priority: number }>() {
  const queues: L[][] = SEVERITIES.map(() => []);
  const queueOf = ({ priority }: L): L[] => {
    const queue = queues[Math.min(Math.max(0, priority), queues.length - 1)];
    if (queue === undefined) throw new Error('there are no priorities');
    return queue;
  };
  return {
    hasAny: () => queues.some((queue) => queue.length > 0),
    add: (lane: L) => void queueOf(lane).push(lane),
    remove(lane: L): void {
      const queue = queueOf(lane);
      const at = queue.indexOf(lane);
      if (at >= 0) queue.splice(at, 1);
    },
    shift: (): L | undefined => queues.find((queue) => queue.length > 0)?.shift(),
    first(limit: number): L[] {
      const found: L[] = [];
      for (const queue of queues) {
        if (found.length >= limit) break;
        found.push(...queue.slice(0, limit - found.length));
      }
      return found;
    },
    clear(): void {
      for (const queue of queues) queue.length = 0;
    },
  };
}
