import type { FoldState, StatusSignal } from './incident-state.ts';
import { MAX_REPEATS, MAX_STATUS_SIGNALS } from './incident-state.ts';
import { inOrder, replay } from './replay.ts';
import type { Replay } from './replay.ts';

/** A trigger that opens or reopens nothing is only counted, and on a reused key remembered for a while. */
export function insertStatusSignal(fold: FoldState, signal: StatusSignal): FoldState {
  const inserted = { ...fold, signals: inOrder([...fold.signals, signal]) };
  if (signal.kind !== 'TRIGGER' || replay(inserted).effects.has(signal.id)) return inserted;
  if (fold.reuse === 'ONCE') return fold;
  return { ...fold, repeats: inOrder([...fold.repeats, signal]).slice(-MAX_REPEATS) };
}

/** A remembered repeat that came to something by a late signal is a status signal from then on. */
export function settleRepeats(fold: FoldState, { effects }: Replay): FoldState {
  const risen = fold.repeats.filter(({ id }) => effects.has(id));
  if (risen.length === 0) return fold;
  return {
    ...fold,
    signals: inOrder([...fold.signals, ...risen]),
    repeats: fold.repeats.filter(({ id }) => !effects.has(id)),
  };
}

/** Keeps the newest `MAX_STATUS_SIGNALS`: the oldest become a base state that later replays begin with. */
export function compactSignals(fold: FoldState): FoldState {
  const excess = fold.signals.length - MAX_STATUS_SIGNALS;
  const oldest = fold.signals.slice(0, Math.max(excess, 0));
  const last = oldest.at(-1);
  if (last === undefined) return fold;
  const { state } = replay({ ...fold, signals: oldest, repeats: [] });
  return { ...fold, signals: fold.signals.slice(excess), base: { state, upTo: last.position } };
}
