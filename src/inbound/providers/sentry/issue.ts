import type { JsonValue } from '../../../kernel/canonical-json.ts';
import { claimedTime } from '../../claimed-time.ts';
import { at, textAt } from '../../json-reading.ts';
import { tableSeverity } from '../../table-severity.ts';
import { notBefore } from './hook-time.ts';
import { keyOf, sentryFields } from './reading.ts';
import type { ReadingContext, SentryReading } from './reading.ts';
import { SENTRY_SEVERITIES } from './severity.ts';

/** The resource `issue`. Only its creation has a time in the payload. */
export function readIssue(data: JsonValue, { action, sentAt, warnings }: ReadingContext): SentryReading {
  const issue = at(data, 'issue');
  const firstSeen = claimedTime(at(issue, 'firstSeen'), 'data.issue.firstSeen', warnings);
  const level = textAt(issue, 'level');
  return {
    externalKey: keyOf('issue', at(issue, 'id')),
    idPath: 'data.issue.id',
    at: action === 'created' ? (firstSeen ?? sentAt) : notBefore(sentAt, firstSeen),
    tie: null,
    fields: {
      ...sentryFields(
        {
          title: textAt(issue, 'title'),
          otherwise: `Sentry issue ${textAt(issue, 'shortId') ?? textAt(issue, 'id') ?? ''}`,
          description: textAt(issue, 'culprit'),
          service: textAt(issue, 'project', 'slug'),
          url: textAt(issue, 'web_url') ?? textAt(issue, 'permalink'),
        },
        warnings,
      ),
      ...(level !== null && { severity: tableSeverity(SENTRY_SEVERITIES, level, warnings) }),
    },
    text: textOf(action, issue),
  };
}

function textOf(action: string, issue: JsonValue): string | null {
  switch (action) {
    case 'assigned': {
      const assignee = textAt(issue, 'assignedTo', 'name') ?? textAt(issue, 'assignedTo', 'email');
      return assignee === null ? 'Assigned' : `Assigned to ${assignee}`;
    }
    case 'resolved':
      return resolvedIn(at(issue, 'statusDetails'));
    case 'archived':
    case 'ignored':
    case 'unresolved':
      return sentence(textAt(issue, 'substatus') ?? action);
    default:
      return null;
  }
}

function resolvedIn(details: JsonValue): string | null {
  if (at(details, 'inNextRelease') === true) return 'Resolved in the next release';
  const release = textAt(details, 'inRelease');
  return release === null ? null : `Resolved in release ${release}`;
}

/** `archived_until_escalating` becomes "Archived until escalating". */
function sentence(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1).replaceAll('_', ' ')}`;
}
