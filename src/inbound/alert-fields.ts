import type { IncidentFields } from '../domain/incident.ts';
import { SEVERITY_WORDS } from '../domain/severity-word.ts';
import type { JsonValue } from '../kernel/canonical-json.ts';
import { textAt } from './json-reading.ts';
import { limitText, limitUrl } from './limited-text.ts';
import { tableSeverity } from './table-severity.ts';

/** Labels that name the service, the plainest first. */
const SERVICE_LABELS = ['service', 'service_name', 'app'] as const;

export interface AlertReading {
  alert: JsonValue;
  /** Where the sender has a better one than the alert's summary. */
  title: string | null;
  /** A firing needs one, so that it may open an incident. */
  titleRequired: boolean;
  /** Pages that show the alert, the best first. */
  urls: readonly (string | null)[];
}

/** What labels and annotations say of an incident. Labels are the same as long as an alert fires; annotations are not. */
export function alertFields(reading: AlertReading, warnings: string[]): Partial<IncidentFields> {
  const { alert, urls } = reading;
  const title = titleOf(reading, warnings);
  const description = textAt(alert, 'annotations', 'description') ?? textAt(alert, 'annotations', 'message');
  const severity = textAt(alert, 'labels', 'severity');
  const service = SERVICE_LABELS.map((label) => textAt(alert, 'labels', label)).find((name) => name !== null);
  const url = firstUsable(urls, warnings);
  return {
    ...(title !== null && { title: limitText(title.trim(), 'title', warnings) }),
    ...(description !== null && { description: limitText(description, 'description', warnings) }),
    ...(severity !== null && { severity: tableSeverity(SEVERITY_WORDS, severity, warnings) }),
    ...(service !== undefined && { service: limitText(service, 'service', warnings) }),
    ...(url !== null && { url }),
  };
}

function titleOf({ alert, title, titleRequired }: AlertReading, warnings: string[]): string | null {
  const said = title ?? textAt(alert, 'annotations', 'summary') ?? textAt(alert, 'labels', 'alertname');
  if (said !== null || !titleRequired) return said;
  warnings.push('an alert has neither a summary nor an alertname');
  return `Alert ${textAt(alert, 'fingerprint') ?? 'without a name'}`;
}

function firstUsable(urls: readonly (string | null)[], warnings: string[]): string | null {
  for (const url of urls) {
    const usable = url === null ? null : limitUrl(url, warnings);
    if (usable !== null) return usable;
  }
  return null;
}
