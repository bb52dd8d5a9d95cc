import { assertNever } from '../kernel/assert-never.ts';
import { comparePositions } from './position.ts';
import type { Position } from './position.ts';
import type { FoldState, ReplayState, StatusSignal } from './incident-state.ts';
import type { KeyReuse } from './signal.ts';
import type { TimelineEntryKind } from './timeline-entry.ts';

export const UNOPENED: ReplayState = {
  status: null,
  openedAt: null,
  acknowledgedAt: null,
  resolvedAt: null,
  lastReopen: null,
  firstTrigger: null,
};

type Played = Pick<FoldState, 'base' | 'repeats' | 'reuse'> & { signals: readonly StatusSignal[] };

export interface Replay {
  state: ReplayState;
  /** What each signal came to on the timeline, by signal id; absent where it came to nothing. */
  effects: Map<string, TimelineEntryKind>;
}

/** Sorted by position: the one order that status is read in, whatever the order of arrival. */
export function inOrder(signals: readonly StatusSignal[]): StatusSignal[] {
  return signals.toSorted((a, b) => comparePositions(a.position, b.position));
}

/** Plays the status signals of an incident in their order. */
export function replay(fold: Played): Replay {
  let state = fold.base?.state ?? UNOPENED;
  const effects = new Map<string, TimelineEntryKind>();
  const signals = fold.repeats.length === 0 ? fold.signals : inOrder([...fold.signals, ...fold.repeats]);
  for (const signal of signals) {
    const step = advance(state, signal, fold.reuse);
    state = step.state;
    if (step.effect !== null) effects.set(signal.id, step.effect);
  }
  return { state, effects };
}

interface Step {
  state: ReplayState;
  effect: TimelineEntryKind | null;
}

function advance(state: ReplayState, signal: StatusSignal, reuse: KeyReuse): Step {
  const { kind, shownAt, position } = signal;
  if (state.status === null) {
    // What sorts before the first trigger belongs to no incident.
    return kind === 'TRIGGER'
      ? {
          state: { ...UNOPENED, status: 'OPEN', openedAt: shownAt, firstTrigger: position },
          effect: 'OPENED',
        }
      : { state, effect: null };
  }
  switch (kind) {
    case 'TRIGGER':
      // An id that names one incident only is reopened by `reopened` alone: its triggers are repeats.
      return state.status === 'RESOLVED' && reuse === 'EPISODES'
        ? reopened(state, position)
        : { state, effect: null };
    case 'ACKNOWLEDGE':
      return state.status === 'OPEN'
        ? { state: { ...state, status: 'ACKNOWLEDGED', acknowledgedAt: shownAt }, effect: 'ACKNOWLEDGED' }
        : { state, effect: 'ACKNOWLEDGED' };
    case 'UNACKNOWLEDGE':
      return state.status === 'ACKNOWLEDGED'
        ? { state: { ...state, status: 'OPEN', acknowledgedAt: null }, effect: 'UNACKNOWLEDGED' }
        : { state, effect: 'UNACKNOWLEDGED' };
    case 'RESOLVE':
      return state.status === 'RESOLVED'
        ? { state, effect: null }
        : { state: { ...state, status: 'RESOLVED', resolvedAt: shownAt }, effect: 'RESOLVED' };
    case 'REOPEN':
      return state.status === 'RESOLVED' ? reopened(state, position) : { state, effect: null };
    default:
      return assertNever(kind);
  }
}

function reopened(state: ReplayState, position: Position): Step {
  return {
    state: { ...state, status: 'OPEN', acknowledgedAt: null, resolvedAt: null, lastReopen: position },
    effect: 'REOPENED',
  };
}
