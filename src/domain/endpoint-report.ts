import type { EndpointHealth, FailedAttempt, HealthState } from './endpoint-health.ts';
import { OPSLENS_SOURCE } from './endpoint-incident-key.ts';
import type { IncidentFields } from './incident.ts';
import type { WebhookEndpoint } from './webhook-endpoint.ts';
import { toWellFormed } from './well-formed.ts';

/** What OpsLens reports of an endpoint to itself, as it does of incidents that others report. */
export type EndpointReport =
  | {
      kind: 'FAILING' | 'DISABLED';
      since: Date;
      fields: IncidentFields;
      /** The last attempts, as evidence. */
      log: string;
    }
  | { kind: 'WELL'; since: Date; reason: string };

/** What is to be said of an endpoint now. */
export type EndpointStanding =
  { kind: 'FAILING' | 'DISABLED'; since: Date } | { kind: 'WELL'; since: Date | null; reason: string };

const NAME_LENGTH = 200;

/** Its row tells what became of it since its last push. Null: it is gone. */
export function standingOf(
  { state, since }: { state: HealthState; since: Date },
  endpoint: Pick<WebhookEndpoint, 'state' | 'disabledAt'> | null,
): EndpointStanding {
  if (endpoint === null) return { kind: 'WELL', since: null, reason: 'the endpoint was removed' };
  switch (endpoint.state) {
    case 'DISABLED':
      return { kind: 'DISABLED', since: state === 'DISABLED' ? since : (endpoint.disabledAt ?? since) };
    case 'INACTIVE':
    case 'INVALID':
      return { kind: 'WELL', since: null, reason: 'the endpoint gets nothing any more' };
    case 'ACTIVE':
    case 'PAUSED':
      if (state === 'FAILING') return { kind: 'FAILING', since };
      return state === 'DISABLED'
        ? { kind: 'WELL', since: null, reason: 'the endpoint was enabled again' }
        : { kind: 'WELL', since, reason: 'the endpoint takes webhooks again' };
  }
}

/** Of its url no more than the host: the rest may hold secrets. */
export function failureReport(
  { kind, since }: { kind: 'FAILING' | 'DISABLED'; since: Date },
  { url, description, disabledReason }: Pick<WebhookEndpoint, 'url' | 'description' | 'disabledReason'>,
  health: EndpointHealth,
): EndpointReport {
  const name = toWellFormed((description ?? hostOf(url)).slice(0, NAME_LENGTH));
  return {
    kind,
    since,
    fields: {
      title: `Webhook endpoint ${name} is failing`,
      description: kind === 'DISABLED' ? whyDisabled(disabledReason) : whyFailing(health),
      severity: kind === 'DISABLED' ? 'HIGH' : 'MEDIUM',
      service: null,
      url: null,
      source: OPSLENS_SOURCE,
    },
    log: health.failures.map(logLine).join('\n'),
  };
}

function whyDisabled(reason: WebhookEndpoint['disabledReason']): string {
  const why =
    reason === 'GONE'
      ? 'It answered 410 Gone, which says that it wants no more webhooks.'
      : 'For five days it did nothing but fail.';
  return `${why} OpsLens disabled it and sends nothing to it until it is enabled again.`;
}

function whyFailing({ consecutiveFailures, failingSince, reason }: EndpointHealth): string {
  const since = failingSince === null ? '' : ` since ${failingSince.toISOString()}`;
  const last = reason === null ? '' : ` The last one: ${reason}.`;
  return `${consecutiveFailures} attempts in a row failed${since}.${last} OpsLens keeps its webhooks and tries one at a time.`;
}

function logLine({ at, status, error, durationMs, deliveryId }: FailedAttempt): string {
  const outcome = error ?? `answered ${status ?? 'nothing'}`;
  return `${at.toISOString()}  ${outcome}  ${durationMs} ms  ${deliveryId}`;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'without a url';
}
