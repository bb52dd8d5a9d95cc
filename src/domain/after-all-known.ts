import type { IncidentState } from './incident-state.ts';

/** `at`, or right after the newest signal of the incident where that is later. */
export function afterAllKnown({ fold }: IncidentState, at: Date): Date {
  const known = [...fold.signals, ...fold.repeats];
  const newest = known.reduce((max, { position }) => Math.max(max, position.at), 0);
  return new Date(Math.max(at.getTime(), newest + 1));
}
