import type { SignalKind } from '../../../domain/signal.ts';

/** What the new state of an alarm means. */
const KINDS: ReadonlyMap<string, SignalKind> = new Map<string, SignalKind>([
  ['ALARM', 'TRIGGER'],
  ['OK', 'RESOLVE'],
  // It says neither that the trouble is over nor that there is any.
  ['INSUFFICIENT_DATA', 'NOTE'],
]);

/** Null for a state that is not known. */
export function kindOfState(state: string): SignalKind | null {
  return KINDS.get(state) ?? null;
}

const EFFECTS: Readonly<Partial<Record<SignalKind, string>>> = {
  TRIGGER: 'opens an incident, one for each outage of the alarm',
  RESOLVE: 'resolves the incident of the alarm',
  NOTE: 'adds an entry to the timeline of the incident, if there is one',
};

export const ALARM_EVENTS: Readonly<Record<string, string>> = Object.fromEntries(
  [...KINDS].map(([state, kind]) => [`alarm ${state}`, EFFECTS[kind] ?? '']),
);

export const ALARM_STATUSES: Readonly<Partial<Record<SignalKind, readonly string[]>>> = Object.fromEntries(
  [...KINDS].map(([state, kind]) => [kind, [state]]),
);
