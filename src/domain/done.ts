import type { IncidentState } from './incident-state.ts';
import type { CommandResult } from './submission.ts';

/** A command that wrote neither an entry nor evidence to be shown. */
export function done({ incident }: IncidentState): CommandResult {
  return { kind: 'DONE', incident, entry: null, evidence: null };
}
