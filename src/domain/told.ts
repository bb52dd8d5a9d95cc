import type { FoldState } from './incident-state.ts';
import { MAX_TOLD } from './incident-state.ts';
import type { Signal } from './signal.ts';

/** Recognises a note, field change or late signal that the incident already shows. */
export function toldMark({ kind, tie }: Signal): string {
  return `${kind}:${tie}`;
}

export function withTold(fold: FoldState, signal: Signal): FoldState {
  return { ...fold, told: [...fold.told, toldMark(signal)].slice(-MAX_TOLD) };
}
