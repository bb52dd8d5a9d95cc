/** Milliseconds since a monotonic moment, to a tenth: what a log line needs. */
export function elapsedMs(since: number, now: number = performance.now()): number {
  return Math.round((now - since) * 10) / 10;
}
