import type { JsonValue } from '../../../kernel/canonical-json.ts';
import { at, listAt, textAt } from '../../json-reading.ts';

type Tell = (data: JsonValue) => string | null;

/** What the timeline says of an event. Details that are missing leave the sentence shorter, never the entry out. */
const TEXTS: ReadonlyMap<string, Tell> = new Map<string, Tell>([
  ['incident.annotated', (data) => textAt(data, 'content') ?? 'Note added'],
  ['incident.status_update_published', (data) => sentence('Status update', textAt(data, 'message'))],
  ['incident.escalated', (data) => sentence('Escalated to', names(data, 'assignees'))],
  ['incident.reassigned', (data) => sentence('Reassigned to', names(data, 'assignees'))],
  ['incident.delegated', (data) => sentence('Delegated to', textAt(data, 'escalation_policy', 'summary'))],
  ['incident.responder.added', (data) => sentence('Responder requested', responder(data))],
  ['incident.responder.replied', (data) => sentence('Responder replied', replied(data))],
  ['incident.role.assigned', (data) => sentence('Role assigned', role(data))],
  [
    'incident.priority_updated',
    (data) => sentence('Priority changed to', textAt(data, 'priority', 'summary') ?? 'none'),
  ],
  ['incident.urgency_updated', (data) => sentence('Urgency changed to', textAt(data, 'urgency'))],
  ['incident.service_updated', (data) => sentence('Service changed to', textAt(data, 'service', 'summary'))],
  ['incident.title_updated', (data) => sentence('Title changed to', textAt(data, 'title'))],
  [
    'incident.incident_type.changed',
    (data) => sentence('Incident type changed to', textAt(data, 'incident_type', 'name')),
  ],
  [
    'incident.conference_bridge.updated',
    (data) => sentence('Conference bridge', textAt(data, 'conference_url')),
  ],
  ['incident.custom_field_values.updated', (data) => sentence('Fields changed', fieldValues(data))],
  ['incident.task.created', (data) => sentence('Task created', nameOf(data))],
  ['incident.task.updated', (data) => sentence('Task updated', nameOf(data))],
  ['incident.task.completed', (data) => sentence('Task completed', nameOf(data))],
  ['incident.action_invocation.created', (data) => sentence('Action started', nameOf(data))],
  ['incident.action_invocation.updated', (data) => sentence('Action', textAt(data, 'state') ?? nameOf(data))],
  ['incident.action_invocation.terminated', (data) => sentence('Action ended', nameOf(data))],
  ['incident.workflow.started', (data) => sentence('Workflow started', nameOf(data))],
  ['incident.workflow.completed', (data) => sentence('Workflow completed', nameOf(data))],
]);

/** Null for events that speak for themselves. */
export function v3Text(type: string, data: JsonValue): string | null {
  return TEXTS.get(type)?.(data) ?? null;
}

function sentence(start: string, rest: string | null): string {
  const joint = start.endsWith(' to') ? ' ' : ': ';
  return rest === null ? start.replace(/ to$/, '') : `${start}${joint}${rest}`;
}

function nameOf(data: JsonValue): string | null {
  return (
    textAt(data, 'name') ??
    textAt(data, 'title') ??
    textAt(data, 'summary') ??
    textAt(data, 'action', 'summary')
  );
}

function names(data: JsonValue, list: string): string | null {
  const known = listAt(data, list).flatMap((item) => textAt(item, 'summary') ?? []);
  return known.length === 0 ? null : known.join(', ');
}

function responder(data: JsonValue): string | null {
  return textAt(data, 'user', 'summary') ?? textAt(data, 'escalation_policy', 'summary');
}

function replied(data: JsonValue): string | null {
  const answer = [responder(data), textAt(data, 'state')].filter((part) => part !== null);
  return answer.length === 0 ? null : answer.join(' ');
}

function role(data: JsonValue): string | null {
  const assignment = at(data, 'incident_role_assignments', 0);
  const parts = [textAt(assignment, 'role', 'summary'), textAt(assignment, 'assignee', 'summary')];
  const known = parts.filter((part) => part !== null);
  return known.length === 0 ? null : known.join(' is ');
}

function fieldValues(data: JsonValue): string | null {
  const changed = at(data, 'changed_custom_fields') === null ? 'custom_fields' : 'changed_custom_fields';
  const told = listAt(data, changed).flatMap((field) => {
    const name = textAt(field, 'display_name') ?? textAt(field, 'name');
    const value = at(field, 'value');
    if (name === null) return [];
    return typeof value === 'object' ? name : `${name} = ${String(value)}`;
  });
  return told.length === 0 ? null : told.join(', ');
}
