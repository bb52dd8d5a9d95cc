import type { IncidentFields } from '../../../domain/incident.ts';
import type { JsonValue } from '../../../kernel/canonical-json.ts';
import { boundedId } from '../../bounded-id.ts';
import { at, textAt } from '../../json-reading.ts';
import { limitText, limitUrl } from '../../limited-text.ts';

/** What a resource says, whatever is done with it. */
export interface SentryReading {
  /** Null where the id is missing without which nothing can be told apart. */
  externalKey: string | null;
  /** Where the id stands. */
  idPath: string;
  at: Date | null;
  /** Orders what happened at the same time; null for nothing. */
  tie: string | null;
  /** For what opens an incident. */
  fields: Partial<IncidentFields>;
  text: string | null;
}

export interface ReadingContext {
  action: string;
  /** The unsigned time of the webhook. */
  sentAt: Date | null;
  warnings: string[];
}

export type ReadResource = (data: JsonValue, context: ReadingContext) => SentryReading;

/** Ids of issues and of metric alerts are counted apart, so that the same number is two things. */
export function keyOf(kind: 'issue' | 'metric_alert', id: JsonValue): string | null {
  const text = typeof id === 'number' && Number.isSafeInteger(id) ? String(id) : textAt(id)?.trim();
  return text === undefined ? null : `${kind}:${boundedId(text)}`;
}

export interface FieldTexts {
  title: string | null;
  /** In place of a title that is missing. */
  otherwise: string;
  description: string | null;
  service: string | null;
  url: string | null;
}

export function sentryFields(
  { title, otherwise, description, service, url }: FieldTexts,
  warnings: string[],
): Partial<IncidentFields> {
  if (title === null) warnings.push('there is no title');
  const usableUrl = url === null ? null : limitUrl(url, warnings);
  return {
    title: limitText(title ?? otherwise, 'title', warnings),
    ...(description !== null && { description: limitText(description, 'description', warnings) }),
    ...(service !== null && { service: limitText(service, 'service', warnings) }),
    ...(usableUrl !== null && { url: usableUrl }),
  };
}

/** The only element; null where there are none or several. */
export function onlyText(list: JsonValue): string | null {
  return Array.isArray(list) && list.length === 1 ? textAt(at(list, 0)) : null;
}
