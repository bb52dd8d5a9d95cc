import { z } from 'zod';
import type { IncidentFields } from '../../../domain/incident.ts';
import type { JsonValue } from '../../../kernel/canonical-json.ts';
import { textAt } from '../../json-reading.ts';
import { limitText, limitUrl } from '../../limited-text.ts';
import { pagerdutySeverity } from './severity.ts';

/** What must be right for an incident to be told from others. All else is decoration, and read with tolerance. */
export const incidentSchema = z.looseObject({
  id: z.string().regex(/\S/, 'must not be blank').max(200),
  title: z.string().nullish(),
});

export interface IncidentReading {
  incident: JsonValue;
  /** Where the form has a description of its own. */
  description: string | null;
  /** A trigger needs one, so that it may open an incident. */
  titleRequired: boolean;
  source: string;
}

/** The fields that a form's incident object speaks of. */
export function incidentFields(reading: IncidentReading, warnings: string[]): Partial<IncidentFields> {
  const { incident, description, source } = reading;
  const title = titleOf(reading, warnings);
  const url = textAt(incident, 'html_url');
  const usableUrl = url === null ? null : limitUrl(url, warnings);
  const service = serviceOf(incident);
  const severity = pagerdutySeverity(incident, warnings);
  return {
    source,
    ...(title !== null && { title: limitText(title, 'title', warnings) }),
    ...(description !== null && { description: limitText(description, 'description', warnings) }),
    ...(severity !== null && { severity }),
    ...(service !== null && { service: limitText(service, 'service', warnings) }),
    ...(usableUrl !== null && { url: usableUrl }),
  };
}

function titleOf({ incident, titleRequired }: IncidentReading, warnings: string[]): string | null {
  const title = textAt(incident, 'title');
  if (title !== null || !titleRequired) return title;
  warnings.push('the incident has no title');
  return `PagerDuty incident ${textAt(incident, 'id') ?? ''}`;
}

function serviceOf(incident: JsonValue): string | null {
  return (
    textAt(incident, 'service', 'summary') ??
    textAt(incident, 'service', 'name') ??
    textAt(incident, 'service')
  );
}
