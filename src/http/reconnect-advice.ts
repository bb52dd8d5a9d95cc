interface Advice {
  /** What happened, and what to do; the time to come back is put behind it. */
  why: string;
  /** Clients come back spread over this time, from one second on. */
  overSeconds: number;
  random?: () => number;
}

const FIRST_SECOND = 1;

/** The reason of a close: tells each client a moment of its own to come back, so that not all come at once. */
export function reconnectAdvice({ why, overSeconds, random = Math.random }: Advice): string {
  return `${why}: reconnect in ${(FIRST_SECOND + random() * overSeconds).toFixed(1)} s`;
}
