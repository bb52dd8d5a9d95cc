import { epochFor } from './epoch.ts';
import type { Episode, IncidentState, KeyState, StatusSignal } from './incident-state.ts';
import { comparePositions, positionOf } from './position.ts';
import type { Position } from './position.ts';
import { replay } from './replay.ts';
import type { Signal } from './signal.ts';
import { toldMark } from './told.ts';

/** Where a signal of a key belongs. */
export type Placement =
  /** It opens the key's first or next incident. */
  | { to: 'NEW'; position: Position }
  | { to: 'CURRENT'; position: Position }
  /** It falls into an incident that is over: shown there, without effect. */
  | { to: 'LATE'; incidentId: string; position: Position }
  /** It meets no incident yet: kept until a trigger that sorts before it. */
  | { to: 'UNMET'; position: Position }
  /** It is there already, to the letter. */
  | { to: 'KNOWN'; incidentId: string | null };

export interface PlaceOptions {
  reopenWindowMs: number;
  /** When the signal came, where others came since. */
  asOf: Date | null;
}

export function placeSignal(
  key: KeyState,
  current: IncidentState | null,
  signal: Signal,
  { reopenWindowMs, asOf }: PlaceOptions,
): Placement {
  const position = positionOf(signal, epochFor(key, current, signal, asOf));
  if (current === null) return atRest(key, signal, position, signal.kind === 'TRIGGER' ? 'NEW' : 'UNMET');
  const incidentId = current.incident.id;
  if (isKnown(current, signal, position)) return { to: 'KNOWN', incidentId };
  const { base } = current.fold;
  if (base !== null && comparePositions(position, base.upTo) <= 0)
    return { to: 'LATE', incidentId, position };
  const { firstTrigger, resolvedAt } = replay(current.fold).state;
  const before = firstTrigger !== null && comparePositions(position, firstTrigger) < 0;
  if (before) {
    const earlier = episodeAt(key.episodes, position.at, reopenWindowMs);
    if (earlier !== undefined) return { to: 'LATE', incidentId: earlier.incidentId, position };
    return atRest(key, signal, position, signal.kind === 'TRIGGER' ? 'CURRENT' : 'UNMET');
  }
  if (isAfter(current, resolvedAt, position, reopenWindowMs)) {
    return atRest(key, signal, position, signal.kind === 'TRIGGER' ? 'NEW' : 'UNMET');
  }
  return { to: 'CURRENT', position };
}

/** Whether a kept signal belongs to the incident as it now stands. */
export function meets(current: IncidentState, position: Position, reopenWindowMs: number): boolean {
  const { firstTrigger, resolvedAt } = replay(current.fold).state;
  return (
    firstTrigger !== null &&
    comparePositions(position, firstTrigger) > 0 &&
    !isAfter(current, resolvedAt, position, reopenWindowMs)
  );
}

/** On a reused key an incident ends with its resolve and the window in which a trigger reopens it. */
function isAfter(
  current: IncidentState,
  resolvedAt: Date | null,
  position: Position,
  reopenWindowMs: number,
): boolean {
  if (current.fold.reuse === 'ONCE' || resolvedAt === null) return false;
  return position.at > resolvedAt.getTime() + reopenWindowMs;
}

function episodeAt(episodes: readonly Episode[], at: number, reopenWindowMs: number): Episode | undefined {
  return episodes.findLast(
    ({ openedAt, resolvedAt }) => at >= openedAt.getTime() && at <= resolvedAt.getTime() + reopenWindowMs,
  );
}

function atRest(
  key: KeyState,
  signal: Signal,
  position: Position,
  to: 'NEW' | 'CURRENT' | 'UNMET',
): Placement {
  const kept = key.unmet.some((unmet) => isSame(unmet, { signal, position }));
  return to === 'UNMET' && kept ? { to: 'KNOWN', incidentId: null } : { to, position };
}

/** Whether two signals of a key are one that was sent twice. */
export function isSame(a: Placed, b: Placed): boolean {
  return a.signal.kind === b.signal.kind && comparePositions(a.position, b.position) === 0;
}

/** Whether a status signal is among those that an incident keeps. */
export function hasJoined(signals: readonly StatusSignal[], placed: Placed): boolean {
  return signals.some((known) => isSame({ signal: known, position: known.position }, placed));
}

interface Placed {
  signal: Pick<Signal, 'kind'>;
  position: Position;
}

function isKnown({ fold }: IncidentState, signal: Signal, position: Position): boolean {
  switch (signal.kind) {
    case 'NOTE':
    case 'UPDATE':
      return fold.told.includes(toldMark(signal));
    case 'TRIGGER':
      // A trigger that comes again is a sign of life: it is counted, whatever it says.
      return false;
    default:
      return hasJoined(fold.signals, { signal, position });
  }
}
