import type { IncidentFields, Severity } from '../../../domain/incident.ts';
import type { JsonValue } from '../../../kernel/canonical-json.ts';
import { at, textAt } from '../../json-reading.ts';
import { limitText, quoted } from '../../limited-text.ts';
import { serviceOfTags } from '../../service-of-tags.ts';
import { meaningOf } from '../../word-table.ts';
import { OPSGENIE_SEVERITIES } from './actions.ts';

/** The fields that an alert speaks of: which ones it carries differs from action to action. */
export function opsgenieFields(
  alert: JsonValue,
  { titleRequired }: { titleRequired: boolean },
  warnings: string[],
): Partial<IncidentFields> {
  const title = titleOf(alert, titleRequired, warnings);
  const description = textAt(alert, 'description');
  const severity = severityOf(at(alert, 'priority'), warnings);
  const service = serviceOfTags(at(alert, 'tags')) ?? textAt(alert, 'entity');
  const source = textAt(alert, 'source');
  return {
    ...(title !== null && { title: limitText(title.trim(), 'title', warnings) }),
    ...(description !== null && { description: limitText(description, 'description', warnings) }),
    ...(severity !== null && { severity }),
    ...(service !== null && { service: limitText(service, 'service', warnings) }),
    ...(source !== null && { source: limitText(source, 'source', warnings) }),
  };
}

function titleOf(alert: JsonValue, required: boolean, warnings: string[]): string | null {
  const message = textAt(alert, 'message');
  if (message !== null || !required) return message;
  warnings.push('the alert has no message');
  return `Opsgenie alert ${textAt(alert, 'tinyId') ?? textAt(alert, 'alertId') ?? ''}`;
}

function severityOf(priority: JsonValue, warnings: string[]): Severity | null {
  if (priority === null || priority === '') return null;
  const word = typeof priority === 'string' ? priority : JSON.stringify(priority);
  const severity = meaningOf(OPSGENIE_SEVERITIES, word);
  if (severity === null) warnings.push(`priority ${quoted(word)} is not understood: MEDIUM is assumed`);
  return severity ?? 'MEDIUM';
}
