import type { SignalKind } from '../domain/signal.ts';

/** What a signal of each kind does, for people who look at what is taken in. */
export const KIND_EFFECTS: Readonly<Record<SignalKind, string>> = {
  TRIGGER: 'opens an incident, or counts a repeated trigger',
  ACKNOWLEDGE: 'acknowledges the incident',
  UNACKNOWLEDGE: 'takes the acknowledgement back',
  RESOLVE: 'resolves the incident',
  REOPEN: 'opens the same incident again',
  UPDATE: 'changes fields of the incident',
  NOTE: 'adds an entry to the timeline',
};
