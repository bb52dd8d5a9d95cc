import type { IncidentState, KeyState, StatusSignal } from './incident-state.ts';
import { replay } from './replay.ts';
import type { Signal } from './signal.ts';

/**
 * Signals without a time belong to the epoch that is open when they come; their reopening starts the next. `asOf` is when
 * the signal came, where others came since.
 */
export function epochFor(
  key: KeyState,
  current: IncidentState | null,
  signal: Signal,
  asOf: Date | null,
): number {
  const epoch = newestEpoch(key, current, asOf);
  const reopens = signal.occurredAt === null && signal.kind === 'REOPEN';
  return reopens && (current === null || isResolved(current, asOf)) ? epoch + 1 : epoch;
}

function newestEpoch(key: KeyState, current: IncidentState | null, asOf: Date | null): number {
  const known =
    current === null
      ? key.unmet.filter(({ receivedAt }) => asOf === null || receivedAt <= asOf)
      : knownSignals(current, asOf);
  const base = current?.fold.base?.upTo.epoch ?? 0;
  return known.reduce((newest, { position }) => Math.max(newest, position.epoch), base);
}

function isResolved(current: IncidentState, asOf: Date | null): boolean {
  if (asOf === null) return current.incident.status === 'RESOLVED';
  return replay({ ...current.fold, signals: knownSignals(current, asOf) }).state.status === 'RESOLVED';
}

function knownSignals({ fold }: IncidentState, asOf: Date | null): readonly StatusSignal[] {
  return asOf === null ? fold.signals : fold.signals.filter((signal) => learntAt(signal) <= asOf);
}

/** One without a time is shown at that of its receipt, which a replay does not change. */
function learntAt({ position, recordedAt, shownAt }: StatusSignal): Date {
  return position.section === 'TIMED' ? recordedAt : shownAt;
}
