import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { askGraphql } from '../support/graphql-client.ts';
import { STORY_STEPS, guideStory, permutations, v3Story } from '../support/pagerduty-story.ts';
import type { StoryWebhook } from '../support/pagerduty-story.ts';
import { sendRequest } from '../support/send-request.ts';
import { openServerHome } from '../support/server-process.ts';
import type { ServerHome } from '../support/server-process.ts';
import { testDatabaseUri } from '../support/test-database.ts';

// A guard against hanging; the promises have deadlines of their own.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const SECRET = 'the secret of the subscription';
const ORDERS = permutations([0, 1, 2, 3]);

let home: ServerHome;
beforeAll(async () => {
  home = await openServerHome({ MONGODB_URI: testDatabaseUri(), PAGERDUTY_WEBHOOK_SECRET: SECRET });
  await home.start();
});
afterAll(() => home[Symbol.asyncDispose]());

const INCIDENT = `query ($id: ID!) { incident(id: $id) {
  title description severity status source service url triggerCount
  openedAt acknowledgedAt resolvedAt
  timeline(first: 100) { nodes { kind text actor occurredAt } }
} }`;

interface Story {
  title: string;
  status: string;
  triggerCount: number;
  acknowledgedAt: string | null;
  resolvedAt: string | null;
  timeline: { nodes: { kind: string; text: string; actor: string | null; occurredAt: string }[] };
}

/** Posts the webhooks in this order, each after the answer to the one before, and reads the one incident they made. */
async function tell(story: readonly StoryWebhook[], order: readonly number[]): Promise<Story> {
  const ids = new Set<string>();
  for (const step of order) {
    const { headers, body } = story[step] as StoryWebhook;
    const path = '/api/v1/webhooks/pagerduty';
    const { status, json } = await sendRequest(home.port, { method: 'POST', path, headers, body });
    expect([200, 202]).toContain(status);
    for (const id of (json as { incident_ids?: string[] }).incident_ids ?? []) ids.add(id);
  }
  expect([...ids]).toHaveLength(1);
  const { incident } = await askGraphql<{ incident: Story }>(home.port, INCIDENT, { id: [...ids][0] });
  return incident;
}

/** The story, as if its incident were named like all others. */
const named = (id: string, story: Story): Story =>
  JSON.parse(JSON.stringify(story).replaceAll(id, 'THIS')) as Story;

const inWords = (order: readonly number[]): string => order.map((step) => STORY_STEPS[step]).join(', ');

describe('The 24 orders of trigger, acknowledgement, resolve and a trigger sent again end in the same incident', () => {
  it('in V3, whole timelines included', async () => {
    const asItHappened = await tell(v3Story('V3-STORY', SECRET), [0, 1, 2, 3]);
    expect(asItHappened).toMatchObject({ status: 'RESOLVED', triggerCount: 2 });
    expect(asItHappened.timeline.nodes.map(({ kind }) => kind)).toEqual([
      'OPENED',
      'ACKNOWLEDGED',
      'RESOLVED',
    ]);
    for (const [index, order] of ORDERS.entries()) {
      const id = `V3-ORDER-${index}`;
      const incident = await tell(v3Story(id, SECRET), order);
      expect(named(id, incident), inWords(order)).toEqual(named('V3-STORY', asItHappened));
    }
  });

  it('in the guide’s form, which has no times', async () => {
    // Times are those of the arrival, so only whether there are any can be the same.
    const timeless = ({ timeline, ...incident }: Story): object => ({
      ...incident,
      openedAt: null,
      acknowledgedAt: incident.acknowledgedAt !== null,
      resolvedAt: incident.resolvedAt !== null,
      timeline: timeline.nodes.map(({ kind, text, actor }) => [kind, text, actor].join()).toSorted(),
    });
    const asItHappened = await tell(guideStory('GUIDE-STORY', SECRET), [0, 1, 2, 3]);
    expect(asItHappened).toMatchObject({ status: 'RESOLVED', triggerCount: 2 });
    for (const [index, order] of ORDERS.entries()) {
      const id = `GUIDE-ORDER-${index}`;
      const incident = await tell(guideStory(id, SECRET), order);
      expect(timeless(named(id, incident)), inWords(order)).toEqual(
        timeless(named('GUIDE-STORY', asItHappened)),
      );
    }
  });
});
