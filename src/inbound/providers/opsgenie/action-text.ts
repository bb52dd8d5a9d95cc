import type { JsonValue } from '../../../kernel/canonical-json.ts';
import { at, textAt } from '../../json-reading.ts';

type Tell = (body: JsonValue) => string | null;

/** A sentence, shorter where what it is about is missing. */
const about =
  (start: string, ...path: string[]): Tell =>
  (body) => {
    const what = textAt(body, ...path);
    return what === null ? start.replace(/ to$/, '') : `${start}${start.endsWith(' to') ? ' ' : ': '}${what}`;
  };

/** What the timeline says of an action, by its name in lower case. */
const TEXTS: ReadonlyMap<string, Tell> = new Map<string, Tell>([
  ['addnote', (body) => textAt(body, 'alert', 'note') ?? 'Note added'],
  ['escalate', escalation],
  ['escalatenext', escalation],
  ['assignownership', about('Assigned to', 'alert', 'owner')],
  ['takeownership', () => 'Ownership taken'],
  ['addteam', about('Team added', 'alert', 'team')],
  ['addrecipient', about('Recipient added', 'alert', 'recipient')],
  ['addresponder', about('Responder added', 'alert', 'responder')],
  ['addtags', about('Tags added', 'alert', 'addedTags')],
  ['removetags', about('Tags removed', 'alert', 'removedTags')],
  ['adddetails', () => 'Details added'],
  ['removedetails', () => 'Details removed'],
  ['snooze', () => 'Snoozed'],
  ['snoozeended', () => 'Snooze ended'],
  ['updatepriority', about('Priority changed to', 'alert', 'priority')],
  ['updatemessage', about('Message changed to', 'alert', 'message')],
  ['updatedescription', () => 'Description changed'],
  ['delete', () => 'The alert was deleted'],
]);

/** Null for actions that speak for themselves; what a person noted beside one of those is told. */
export function actionText(action: string, body: JsonValue): string | null {
  return TEXTS.get(action.trim().toLowerCase())?.(body) ?? textAt(body, 'alert', 'note');
}

/** Escalations carry neither a time nor an id: the round of a repeated one tells it from the one before. */
function escalation(body: JsonValue): string {
  const by = textAt(body, 'escalationName');
  const to = textAt(body, 'escalationNotify', 'name');
  const minutes = at(body, 'escalationTime');
  const round = at(body, 'repeatCount');
  return [
    'Escalated',
    by === null ? '' : ` by ${by}`,
    to === null ? '' : ` to ${to}`,
    typeof minutes === 'number' && minutes > 0 ? ` after ${minutes} min` : '',
    typeof round === 'number' && round > 0 ? `, repetition ${round}` : '',
  ].join('');
}
