import { STATUS_SIGNAL_KINDS } from './signal.ts';
import type { SignalKind } from './signal.ts';

/**
 * Where a signal stands among the signals of its incident. It depends on what the sender said alone, but for `epoch`,
 * which counts the reopenings that carried no time. Within an epoch come the triggers without a time, then what has a
 * time, then the rest.
 */
export interface Position {
  epoch: number;
  section: 'FIRST' | 'TIMED' | 'LAST';
  /** Milliseconds since 1970; 0 outside `TIMED`. */
  at: number;
  rank: number;
  tie: string;
}

const SECTION_ORDER = { FIRST: 0, TIMED: 1, LAST: 2 } as const;

/** Field changes and notes come after the status signals of the same instant. */
export function rankOf(kind: SignalKind): number {
  const rank = STATUS_SIGNAL_KINDS.findIndex((status) => status === kind);
  return rank === -1 ? STATUS_SIGNAL_KINDS.length : rank;
}

export function positionOf(
  signal: { kind: SignalKind; occurredAt: Date | null; tie: string },
  epoch: number,
): Position {
  const { kind, occurredAt, tie } = signal;
  const rank = rankOf(kind);
  if (occurredAt !== null) return { epoch, section: 'TIMED', at: occurredAt.getTime(), rank, tie };
  const section = kind === 'TRIGGER' || kind === 'REOPEN' ? 'FIRST' : 'LAST';
  return { epoch, section, at: 0, rank, tie };
}

export function comparePositions(a: Position, b: Position): number {
  return compareInstants(a, b) || (a.tie < b.tie ? -1 : a.tie > b.tie ? 1 : 0);
}

/** But for the tie, which only makes two signals of one instant distinct. */
export function compareInstants(a: Position, b: Position): number {
  return (
    a.epoch - b.epoch || SECTION_ORDER[a.section] - SECTION_ORDER[b.section] || a.at - b.at || a.rank - b.rank
  );
}
