import { createHmac } from 'node:crypto';
import { takeWebhook } from './provider-bench.ts';
import type { Taken } from './provider-bench.ts';

export const CLIENT_SECRET = 'client-secret';

export interface SentryHook {
  resource: string | null;
  action: string;
  data: object;
  /** Unix seconds of the unsigned header; null for none. */
  sentAt?: number | null;
  actor?: object;
}

/** 2026-03-08T10:00:00Z, in the seconds of Sentry's header. */
export const TEN_O_CLOCK = 1_772_964_000;
export const minutesAfterTen = (minutes: number): Date => new Date((TEN_O_CLOCK + minutes * 60) * 1000);

/** What a webhook of an integration comes to, signed as Sentry does. */
export function takeHook({
  resource,
  action,
  data,
  sentAt = TEN_O_CLOCK,
  actor,
}: SentryHook): Promise<Taken> {
  const body = JSON.stringify({
    action,
    installation: { uuid: 'i' },
    data,
    actor: actor ?? { type: 'application', id: 'sentry', name: 'Sentry' },
  });
  const headers = {
    'sentry-hook-signature': createHmac('sha256', CLIENT_SECRET).update(body).digest('hex'),
    ...(resource !== null && { 'sentry-hook-resource': resource }),
    ...(sentAt !== null && { 'sentry-hook-timestamp': String(sentAt) }),
  };
  return takeWebhook('sentry', body, { headers, secret: CLIENT_SECRET });
}

export function issue(over: object = {}): { issue: object } {
  return {
    issue: {
      id: '61',
      shortId: 'WEB-4Q',
      title: 'TypeError: total',
      culprit: 'cart/summary',
      level: 'error',
      status: 'unresolved',
      project: { slug: 'checkout-web' },
      firstSeen: '2026-03-08T10:00:00.500000Z',
      web_url: 'https://sentry.example/organizations/lumen/issues/61/',
      ...over,
    },
  };
}

export function event(over: object = {}): { event: object; triggered_rule: string } {
  return {
    event: {
      event_id: 'e4874d66',
      issue_id: '61',
      title: 'TypeError: total',
      culprit: 'cart/summary',
      level: 'error',
      datetime: '2026-03-08T10:05:00.000000Z',
      url: 'https://sentry.example/api/0/projects/lumen/checkout-web/events/e4874d66/',
      web_url: 'https://sentry.example/organizations/lumen/issues/61/events/e4874d66/',
      ...over,
    },
    triggered_rule: 'Many errors',
  };
}

export function metricAlert(title: string, over: object = {}): object {
  return {
    metric_alert: {
      id: '50210',
      title: 'Crash rate',
      projects: ['checkout-web'],
      date_started: '2026-03-08T10:00:00Z',
      date_closed: null,
      ...over,
    },
    description_title: `${title}: Crash rate`,
    description_text: `${title} words`,
    web_url: 'https://sentry.example/organizations/lumen/alerts/77/',
  };
}
