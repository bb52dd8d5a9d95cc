/** While it lasts, when it is over, and what is told after it. */
export type UpdatePhase = 'OPEN' | 'RESOLVED' | 'AFTERWARDS' | 'MAINTENANCE';

/** What the statuses of an incident and of its updates say. */
const STATUSES: Readonly<Record<UpdatePhase, readonly string[]>> = {
  OPEN: ['investigating', 'identified', 'monitoring'],
  RESOLVED: ['resolved'],
  AFTERWARDS: ['postmortem'],
  MAINTENANCE: ['scheduled', 'in_progress', 'verifying', 'completed'],
};

const PHASES: ReadonlyMap<string, UpdatePhase> = new Map(
  Object.entries(STATUSES).flatMap(([phase, words]) =>
    words.map((word): [string, UpdatePhase] => [word, phase as UpdatePhase]),
  ),
);

/** Null for a word that is not understood. */
export function phaseOf(status: string): UpdatePhase | null {
  return PHASES.get(status.trim().toLowerCase()) ?? null;
}

const EFFECTS: Readonly<Record<UpdatePhase, string>> = {
  OPEN: 'opens an incident, or adds an entry to its timeline; after a resolve it opens the same incident again',
  RESOLVED: 'resolves the incident',
  AFTERWARDS: 'adds an entry to the timeline',
  MAINTENANCE: 'ignored: a maintenance is planned, not an incident',
};

export const STATUSPAGE_EVENTS: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...PHASES].map(([status, phase]) => [status, EFFECTS[phase]])),
  component_update: 'ignored: the state of a component, not an incident',
};

export const STATUSPAGE_STATUSES = {
  TRIGGER: STATUSES.OPEN,
  RESOLVE: STATUSES.RESOLVED,
  NOTE: STATUSES.AFTERWARDS,
};
