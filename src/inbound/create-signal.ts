import { plausibleTime } from '../domain/plausible-time.ts';
import { signalTie } from '../domain/signal-tie.ts';
import type { Signal } from '../domain/signal.ts';
import { toWellFormed } from '../domain/well-formed.ts';
import { boundedId } from './bounded-id.ts';
import type { InterpretContext } from './provider.ts';

export interface SignalDraft extends Pick<Signal, 'kind' | 'fields' | 'text' | 'actor'> {
  key: Omit<Signal['key'], 'source'>;
  /** When the sender says it happened. */
  claimed: Date | null;
  /** The provider's id of the event, where it has one. */
  eventId: string | null;
}

export function createSignal(
  { key, claimed, eventId, ...said }: SignalDraft,
  { source, receivedAt, newId }: Pick<InterpretContext, 'source' | 'receivedAt' | 'newId'>,
): Signal {
  const signal = {
    ...said,
    key: { source, ...key, externalKey: toWellFormed(key.externalKey) },
    ...plausibleTime(claimed, receivedAt),
  };
  const digest = signalTie(signal);
  return eventId === null
    ? { id: newId(), ...signal, tie: digest }
    : { id: newId(), ...signal, tie: boundedId(eventId), digest };
}
