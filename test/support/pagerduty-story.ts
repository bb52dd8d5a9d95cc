import { createHmac } from 'node:crypto';
import type { JsonValue } from '../../src/kernel/canonical-json.ts';
import { bodyOf, readFixture } from './inbound-fixture.ts';

/** One webhook of an incident's story, ready to post. */
export interface StoryWebhook {
  headers: Record<string, string>;
  body: string;
}

/** Trigger, acknowledgement, resolve, and the trigger once more with an event id of its own. */
export const STORY_STEPS = ['triggered', 'acknowledged', 'resolved', 'triggered again'] as const;

type Json = Record<string, JsonValue>;

/** V3, signed: the fixtures with another incident id, and the event ids that it gives its events. */
export function v3Story(incidentId: string, secret: string): StoryWebhook[] {
  const names = ['triggered', 'acknowledged', 'resolved', 'triggered'];
  return names.map((name, index) => {
    const text = bodyOf(readFixture(`pagerduty-v3-${name}`)).toString();
    const whole = JSON.parse(text.replaceAll('PV3INC1', incidentId)) as { event: Json };
    whole.event['id'] = `${incidentId}-event-${index}`;
    const body = JSON.stringify(whole);
    const digest = createHmac('sha256', secret).update(body).digest('hex');
    const headers = { 'content-type': 'application/json', 'x-pagerduty-signature': `v1=${digest}` };
    return { headers, body };
  });
}

/** The guide's form, which has neither times nor event ids; each delivery has an id, as PagerDuty sends one. */
export function guideStory(incidentId: string, secret: string): StoryWebhook[] {
  const verbs = ['triggered', 'acknowledged', 'resolved', 'triggered'];
  return verbs.map((verb, index) => {
    const text = bodyOf(readFixture('pagerduty-guide-triggered')).toString();
    const body = text.replaceAll('ABC123', incidentId).replace('incident.triggered', `incident.${verb}`);
    const headers = {
      'content-type': 'application/json',
      'x-webhook-secret': secret,
      'x-webhook-id': `${incidentId}-delivery-${index}`,
    };
    return { headers, body };
  });
}

/** All orders of the items. */
export function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, index) =>
    permutations(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]),
  );
}
