import type { Severity } from '../../../domain/incident.ts';
import type { SignalKind } from '../../../domain/signal.ts';
import { KIND_EFFECTS } from '../../kind-effects.ts';
import type { WordTable } from '../../word-table.ts';

/** Every action that is acted on. A custom action goes by the name that people gave it, and is not. */
export const OPSGENIE_ACTIONS: WordTable<SignalKind> = {
  TRIGGER: ['Create'],
  ACKNOWLEDGE: ['Acknowledge'],
  UNACKNOWLEDGE: ['UnAcknowledge'],
  // Nobody will close what was deleted.
  RESOLVE: ['Close', 'Delete'],
  UPDATE: ['UpdatePriority', 'UpdateMessage', 'UpdateDescription'],
  NOTE: [
    'AddNote',
    'Escalate',
    'EscalateNext',
    'AssignOwnership',
    'TakeOwnership',
    'AddTeam',
    'AddRecipient',
    'AddResponder',
    'AddTags',
    'RemoveTags',
    'AddDetails',
    'RemoveDetails',
    'Snooze',
    'SnoozeEnded',
  ],
};

const EFFECTS: Readonly<Record<SignalKind, string>> = {
  ...KIND_EFFECTS,
  TRIGGER: 'opens the incident of the alert, or counts a repeated trigger',
};

export const OPSGENIE_EVENTS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(OPSGENIE_ACTIONS).flatMap(([kind, actions]) =>
    actions.map((action) => [action, EFFECTS[kind as SignalKind]]),
  ),
);

/** Of the priority, as text or as number. */
export const OPSGENIE_SEVERITIES: WordTable<Severity> = {
  CRITICAL: ['P1', '1'],
  HIGH: ['P2', '2'],
  MEDIUM: ['P3', '3'],
  LOW: ['P4', '4'],
  INFO: ['P5', '5'],
};
