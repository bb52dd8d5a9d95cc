import type { SignalKind, StatusSignalKind } from '../../../domain/signal.ts';
import { KIND_EFFECTS } from '../../kind-effects.ts';

/** Both tenses: V2 says `incident.trigger`, V3 and the guide's form `incident.triggered`. */
export const STATUS_VERBS: Readonly<Record<StatusSignalKind, readonly string[]>> = {
  TRIGGER: ['incident.trigger', 'incident.triggered'],
  ACKNOWLEDGE: ['incident.acknowledge', 'incident.acknowledged'],
  UNACKNOWLEDGE: ['incident.unacknowledge', 'incident.unacknowledged'],
  RESOLVE: ['incident.resolve', 'incident.resolved'],
  REOPEN: ['incident.reopen', 'incident.reopened'],
};

/** Change what we show of an incident. */
const UPDATE_VERBS = [
  'incident.priority_updated',
  'incident.service_updated',
  'incident.title_updated',
  'incident.urgency_updated',
];

/** Are told on the timeline. */
const NOTE_VERBS = [
  'incident.annotate',
  'incident.annotated',
  'incident.assign',
  'incident.escalate',
  'incident.escalated',
  'incident.delegate',
  'incident.delegated',
  'incident.reassigned',
  'incident.responder.added',
  'incident.responder.replied',
  'incident.role.assigned',
  'incident.status_update_published',
  'incident.incident_type.changed',
  'incident.conference_bridge.updated',
  'incident.custom_field_values.updated',
  'incident.task.created',
  'incident.task.updated',
  'incident.task.completed',
  'incident.action_invocation.created',
  'incident.action_invocation.updated',
  'incident.action_invocation.terminated',
  'incident.workflow.started',
  'incident.workflow.completed',
];

const KINDS: ReadonlyMap<string, SignalKind> = new Map<string, SignalKind>([
  ...Object.entries(STATUS_VERBS).flatMap(([kind, verbs]) =>
    verbs.map((verb): [string, SignalKind] => [verb, kind as StatusSignalKind]),
  ),
  ...UPDATE_VERBS.map((verb): [string, SignalKind] => [verb, 'UPDATE']),
  ...NOTE_VERBS.map((verb): [string, SignalKind] => [verb, 'NOTE']),
]);

/** Null for an event that is not acted on. */
export function kindOfEvent(event: string): SignalKind | null {
  return KINDS.get(event.trim()) ?? null;
}

export const PAGERDUTY_EVENTS: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...KINDS].map(([event, kind]) => [event, KIND_EFFECTS[kind]])),
  'pagey.ping': 'ignored: a test delivery',
  'service.*': 'ignored: about a service, not an incident',
};
