import type { Severity } from '../../../domain/incident.ts';
import type { JsonValue } from '../../../kernel/canonical-json.ts';
import { quoted } from '../../limited-text.ts';
import { meaningOf } from '../../word-table.ts';
import { datadogField } from './field.ts';
import { DATADOG_SEVERITIES } from './words.ts';

/** The priority where one is understood, else the type, else `MEDIUM`; null where neither says anything. */
export function datadogSeverity(payload: JsonValue, warnings: string[]): Severity | null {
  const priority = datadogField(payload, 'alert_priority');
  const byPriority = priority === null ? null : meaningOf(DATADOG_SEVERITIES, priority);
  if (byPriority !== null) return byPriority;
  const type = datadogField(payload, 'alert_type');
  const byType = type === null ? null : meaningOf(DATADOG_SEVERITIES, type);
  const assumed = byType ?? 'MEDIUM';
  if (priority !== null) warnings.push(notUnderstood('alert_priority', priority, assumed));
  if (byType !== null) return byType;
  const isSilent = type === null || type.toLowerCase() === 'success';
  if (!isSilent) warnings.push(notUnderstood('alert_type', type, assumed));
  return priority === null && isSilent ? null : assumed;
}

function notUnderstood(field: string, word: string, assumed: Severity): string {
  return `${field} ${quoted(word)} is not understood: ${assumed} is assumed`;
}
