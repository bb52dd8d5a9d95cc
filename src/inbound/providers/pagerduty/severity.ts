import type { Severity } from '../../../domain/incident.ts';
import { severityFromPriority, severityFromWord } from '../../../domain/severity-word.ts';
import type { JsonValue } from '../../../kernel/canonical-json.ts';
import { at, textAt } from '../../json-reading.ts';
import { quoted } from '../../limited-text.ts';

const URGENCIES: ReadonlyMap<string, Severity> = new Map<string, Severity>([
  ['high', 'HIGH'],
  ['low', 'LOW'],
]);

/** The priority where one is understood, else the urgency, else `MEDIUM`; null where the incident has neither. */
export function pagerdutySeverity(incident: JsonValue, warnings: string[]): Severity | null {
  const priority = priorityOf(incident);
  const urgency = at(incident, 'urgency');
  const byPriority =
    priority === null ? null : (severityFromPriority(priority) ?? severityFromWord(String(priority)));
  if (byPriority !== null) return byPriority;
  const byUrgency = typeof urgency === 'string' ? URGENCIES.get(urgency.trim().toLowerCase()) : undefined;
  const fallback = byUrgency ?? 'MEDIUM';
  if (priority !== null)
    warnings.push(`priority ${quoted(String(priority))} is not understood: ${fallback} is assumed`);
  if (byUrgency !== undefined) return byUrgency;
  if (urgency !== null)
    warnings.push(
      `urgency ${quoted(typeof urgency === 'string' ? urgency : JSON.stringify(urgency))} is not understood: ${fallback} is assumed`,
    );
  return priority === null && urgency === null ? null : fallback;
}

/** An object with a summary; in bodies of other makers the word itself. */
function priorityOf(incident: JsonValue): string | number | null {
  const priority = at(incident, 'priority');
  if (typeof priority === 'number') return priority;
  return textAt(priority, 'summary') ?? textAt(priority, 'name') ?? textAt(priority);
}
