import type { JsonValue } from '../../../kernel/canonical-json.ts';
import { claimedTime } from '../../claimed-time.ts';
import { at, textAt } from '../../json-reading.ts';
import { limitText } from '../../limited-text.ts';
import { tableSeverity } from '../../table-severity.ts';
import { notBefore } from './hook-time.ts';
import { keyOf, onlyText, sentryFields } from './reading.ts';
import type { ReadingContext, SentryReading } from './reading.ts';
import { SENTRY_SEVERITIES } from './severity.ts';

/** The resource `metric_alert`: its id is that of one outage. */
export function readMetricAlert(data: JsonValue, context: ReadingContext): SentryReading {
  const { action, sentAt, warnings } = context;
  const alert = at(data, 'metric_alert');
  const time = (name: string): Date | null =>
    claimedTime(at(alert, name), `data.metric_alert.${name}`, warnings);
  const startedAt = time('date_started') ?? time('date_detected') ?? time('date_created');
  const isOver = action === 'resolved';
  const description = textAt(data, 'description_text');
  return {
    externalKey: keyOf('metric_alert', at(alert, 'id')),
    idPath: 'data.metric_alert.id',
    at: isOver ? (time('date_closed') ?? notBefore(sentAt, startedAt)) : (startedAt ?? sentAt),
    // When a warning grew critical, or the other way round, no field says.
    tie: isOver ? null : `${sentAt?.toISOString() ?? ''} ${action}`,
    fields: isOver
      ? {}
      : { ...fieldsOf(data, context), severity: tableSeverity(SENTRY_SEVERITIES, action, warnings) },
    text: isOver && description !== null ? limitText(description, 'text', warnings) : null,
  };
}

function fieldsOf(data: JsonValue, { warnings }: ReadingContext): SentryReading['fields'] {
  const alert = at(data, 'metric_alert');
  return sentryFields(
    {
      title: textAt(data, 'description_title') ?? textAt(alert, 'title'),
      otherwise: `Sentry metric alert ${textAt(alert, 'id') ?? ''}`,
      description: textAt(data, 'description_text'),
      service: onlyText(at(alert, 'projects')),
      url: textAt(data, 'web_url'),
    },
    warnings,
  );
}
