import type { Draft } from './draft.ts';
import type { IncidentState, KeyState } from './incident-state.ts';
import { refuse } from './refusal.ts';
import type { CommandResult } from './submission.ts';

/**
 * Reopens a resolved incident by hand. It becomes its key's current incident, so that the key's next signals find it;
 * refused while a newer incident of the key is open.
 */
export function reopenIncident(
  draft: Draft,
  { incident, fold }: IncidentState,
  reopen: (epoch: number) => CommandResult,
): CommandResult {
  const key = draft.key(fold.key);
  const newer = key === null || key.currentIncidentId === incident.id ? null : currentOf(draft, key);
  if (newer !== null && newer.incident.status !== 'RESOLVED') {
    const message = `a newer incident of the same key is open: ${newer.incident.id}`;
    return refuse('CONFLICT', message, ['input', 'id']);
  }
  if (key !== null) draft.keys.set(key.id, newer === null ? key : swapped(key, incident.id, newer));
  const newest = fold.signals.reduce((max, { position }) => Math.max(max, position.epoch), 0);
  // A resolve without a time sorts last in its epoch: only the next epoch comes after it.
  const untimed = fold.signals.some(
    ({ position }) => position.epoch === newest && position.section === 'LAST',
  );
  return reopen(untimed ? newest + 1 : newest);
}

function currentOf(draft: Draft, { currentIncidentId }: KeyState): IncidentState | null {
  return currentIncidentId === null ? null : draft.incident(currentIncidentId);
}

function swapped(key: KeyState, incidentId: string, newer: IncidentState): KeyState {
  const { id, openedAt, resolvedAt } = newer.incident;
  const episodes = key.episodes.filter((episode) => episode.incidentId !== incidentId);
  return {
    ...key,
    currentIncidentId: incidentId,
    episodes: [...episodes, { incidentId: id, openedAt, resolvedAt: resolvedAt ?? openedAt }],
  };
}
