import type { JsonValue } from '../../../kernel/canonical-json.ts';
import { claimedTime } from '../../claimed-time.ts';
import { at, textAt } from '../../json-reading.ts';
import { tableSeverity } from '../../table-severity.ts';
import { keyOf, sentryFields } from './reading.ts';
import type { ReadResource } from './reading.ts';
import { SENTRY_SEVERITIES } from './severity.ts';

/** The resources `event_alert` and `error`: one event of an issue, whose incident is the issue's. */
export function readEventIn(place: 'event' | 'error'): ReadResource {
  return (data, { sentAt, warnings }) => {
    const event = at(data, place);
    const level = textAt(event, 'level');
    const rule = textAt(data, 'triggered_rule');
    return {
      externalKey: keyOf('issue', at(event, 'issue_id')),
      idPath: `data.${place}.issue_id`,
      at: claimedTime(at(event, 'datetime'), `data.${place}.datetime`, warnings) ?? sentAt,
      tie: null,
      fields: {
        ...sentryFields(
          {
            title: textAt(event, 'title'),
            otherwise: `Sentry issue ${textAt(event, 'issue_id') ?? ''}`,
            description: textAt(event, 'culprit'),
            service: projectOf(event),
            url: issueUrl(event),
          },
          warnings,
        ),
        ...(level !== null && { severity: tableSeverity(SENTRY_SEVERITIES, level, warnings) }),
      },
      text: rule === null ? null : `Alert rule: ${rule}`,
    };
  };
}

/** The project is a number here; its name stands in the URL of the API. */
function projectOf(event: JsonValue): string | null {
  return /\/projects\/[^/]+\/([^/]+)\//.exec(textAt(event, 'url')?.slice(0, 2048) ?? '')?.[1] ?? null;
}

/** The page of the issue, not of this one of its events: else it would change with each alert. */
function issueUrl(event: JsonValue): string | null {
  return textAt(event, 'web_url')?.replace(/\/events\/[^/]*\/?$/, '/') ?? null;
}
