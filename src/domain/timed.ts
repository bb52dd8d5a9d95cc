import type { FoldContext } from './fold-context.ts';
import type { IncidentState, KeyState } from './incident-state.ts';
import type { Signal } from './signal.ts';

interface Timed {
  signal: Signal;
  /** Remembers the newest time that was given. */
  key: KeyState;
}

/** On a reused key every signal has a place in time: one without a time comes after all that came before it. */
export function timed(
  key: KeyState,
  current: IncidentState | null,
  signal: Signal,
  { receivedAt, rerun }: FoldContext,
): Timed {
  if (signal.claimedAt !== null) return { signal: asPlacedBefore(key, current, signal), key };
  if (signal.key.reuse === 'ONCE' || signal.occurredAt !== null) return { signal, key };
  const newest = key.newestUntimedAt?.getTime() ?? Number.NEGATIVE_INFINITY;
  const at =
    rerun === undefined ? Math.max(receivedAt.getTime(), newest + 1) : receivedAt.getTime() + rerun.offsetMs;
  return {
    signal: { ...signal, occurredAt: new Date(at) },
    key: { ...key, newestUntimedAt: new Date(Math.max(at, newest)) },
  };
}

/** A claim that was put aside for the time of receipt: sent again it is the same signal, not one of a later time. */
function asPlacedBefore(key: KeyState, current: IncidentState | null, signal: Signal): Signal {
  const claimed = signal.claimedAt?.getTime();
  const joined = [...(current?.fold.signals ?? []), ...(current?.fold.repeats ?? [])].find(
    ({ kind, position, claimedAt }) =>
      kind === signal.kind && position.tie === signal.tie && claimedAt?.getTime() === claimed,
  );
  const kept = key.unmet.find(
    ({ signal: { kind, tie, claimedAt } }) =>
      kind === signal.kind && tie === signal.tie && claimedAt?.getTime() === claimed,
  );
  const occurredAt = joined === undefined ? kept?.signal.occurredAt : new Date(joined.position.at);
  return occurredAt == null ? signal : { ...signal, occurredAt };
}
