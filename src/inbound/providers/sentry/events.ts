import type { SignalKind } from '../../../domain/signal.ts';
import type { Acceptance } from '../../provider.ts';
import { readComment } from './comment.ts';
import { readEventIn } from './event.ts';
import { readIssue } from './issue.ts';
import { readMetricAlert } from './metric-alert.ts';
import type { ReadResource } from './reading.ts';

interface SentryEvent {
  read: ReadResource;
  /** What it means, one signal for each. */
  kinds: readonly SignalKind[];
  effect: string;
}

/**
 * By resource and action. An issue lives on when it is resolved, and so does the incident of its id: what says that the
 * issue is back opens both again, and opens an incident where it was not known here.
 */
export const SENTRY_EVENTS: ReadonlyMap<string, SentryEvent> = new Map<string, SentryEvent>([
  ['issue.created', { read: readIssue, kinds: ['TRIGGER'], effect: 'opens an incident for the issue' }],
  [
    'issue.unresolved',
    { read: readIssue, kinds: ['TRIGGER', 'REOPEN'], effect: 'opens the incident of the issue again' },
  ],
  ['issue.resolved', { read: readIssue, kinds: ['RESOLVE'], effect: 'resolves the incident of the issue' }],
  ['issue.archived', { read: readIssue, kinds: ['RESOLVE'], effect: 'resolves the incident of the issue' }],
  ['issue.ignored', { read: readIssue, kinds: ['RESOLVE'], effect: 'resolves the incident of the issue' }],
  ['issue.assigned', { read: readIssue, kinds: ['NOTE'], effect: 'adds an entry to the timeline' }],
  [
    'event_alert.triggered',
    {
      read: readEventIn('event'),
      kinds: ['TRIGGER', 'REOPEN'],
      effect: 'opens an incident for the issue of the event, or the same one again',
    },
  ],
  [
    'error.created',
    {
      read: readEventIn('error'),
      kinds: ['TRIGGER'],
      effect: 'opens an incident for the issue of the error, or counts a repeated trigger',
    },
  ],
  [
    'metric_alert.critical',
    { read: readMetricAlert, kinds: ['TRIGGER'], effect: 'opens an incident, or raises its severity' },
  ],
  [
    'metric_alert.warning',
    { read: readMetricAlert, kinds: ['TRIGGER'], effect: 'opens an incident, or lowers its severity' },
  ],
  [
    'metric_alert.resolved',
    { read: readMetricAlert, kinds: ['RESOLVE'], effect: 'resolves the incident of the metric alert' },
  ],
  ['comment.created', { read: readComment, kinds: ['NOTE'], effect: 'adds an entry to the timeline' }],
  ['comment.updated', { read: readComment, kinds: ['NOTE'], effect: 'adds an entry to the timeline' }],
]);

export const SENTRY_ACCEPTS: Pick<Acceptance, 'events' | 'statuses'> = {
  events: {
    ...Object.fromEntries([...SENTRY_EVENTS].map(([name, { effect }]) => [name, effect])),
    'installation.*': 'ignored: about the integration, not an incident',
  },
  statuses: Object.fromEntries(
    (['TRIGGER', 'RESOLVE', 'REOPEN', 'NOTE'] as const).map((kind) => [
      kind,
      [...SENTRY_EVENTS].flatMap(([name, { kinds }]) => (kinds.includes(kind) ? [name] : [])),
    ]),
  ),
};
