import type { FoldState, StatusSignal } from './incident-state.ts';
import { MAX_KEPT_TEXT, MAX_REPEATS, MAX_STATUS_SIGNALS } from './incident-state.ts';
import { comparePositions } from './position.ts';
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

/**
 * Keeps the newest signals, as many and as long as a document may hold: the oldest become a base state that later
 * replays begin with.
 */
export function compactSignals(fold: FoldState): FoldState {
  const excess = excessOf(fold.signals);
  const oldest = fold.signals.slice(0, excess);
  const last = oldest.at(-1);
  if (last === undefined) return fold;
  const { state } = replay({ ...fold, signals: oldest, repeats: [] });
  // Replayed after the base, an older repeat would reopen what was resolved after it.
  const repeats = fold.repeats.filter(({ position }) => comparePositions(position, last.position) > 0);
  return { ...fold, signals: fold.signals.slice(excess), repeats, base: { state, upTo: last.position } };
}

/** How many of the oldest are too many. The newest is kept, however long it is. */
function excessOf(signals: readonly StatusSignal[]): number {
  let excess = Math.max(signals.length - MAX_STATUS_SIGNALS, 0);
  let length = signals.reduce((sum, { text }) => sum + (text?.length ?? 0), 0);
  for (const [index, { text }] of signals.entries()) {
    if (index >= excess) {
      if (length <= MAX_KEPT_TEXT || index === signals.length - 1) break;
      excess = index + 1;
    }
    length -= text?.length ?? 0;
  }
  return excess;
}
