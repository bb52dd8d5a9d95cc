import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrivalsOf } from '../../support/arrivals.ts';
import { foldAll, permutations } from '../../support/memory-fold.ts';
import {
  TEN_O_CLOCK,
  event,
  issue,
  metricAlert,
  minutesAfterTen,
  takeHook,
} from '../../support/sentry-hook.ts';
import type { SentryHook } from '../../support/sentry-hook.ts';

async function fold(hooks: readonly SentryHook[]) {
  const taken = await Promise.all(hooks.map((hook) => takeHook(hook)));
  return foldAll(taken.flatMap(({ signals }) => signals));
}

const at = (minutes: number): number => TEN_O_CLOCK + minutes * 60;
const metric = (action: string, minutes: number, over: object = {}): SentryHook => ({
  resource: 'metric_alert',
  action,
  data: metricAlert(action, over),
  sentAt: at(minutes),
});
const ofIssue = (action: string, minutes: number, over: object = {}): SentryHook => ({
  resource: 'issue',
  action,
  data: issue(over),
  sentAt: at(minutes),
});
const alert = (minutes: number): SentryHook => ({
  resource: 'event_alert',
  action: 'triggered',
  data: event({ datetime: minutesAfterTen(minutes).toISOString() }),
  sentAt: at(minutes),
});

describe('webhooks of a metric alert, in any order', () => {
  it('give the same incident and timeline, with the severity that it had last', async () => {
    const story = [metric('warning', 1), metric('critical', 2), metric('warning', 3), metric('resolved', 4)];
    for (const arrival of permutations(story)) {
      expect(await fold(arrival)).toMatchObject([
        {
          status: 'RESOLVED',
          severity: 'MEDIUM',
          openedAt: minutesAfterTen(0),
          resolvedAt: minutesAfterTen(4),
          timeline: [
            { kind: 'OPENED', text: 'warning: Crash rate', occurredAt: minutesAfterTen(0) },
            { kind: 'RESOLVED', text: 'resolved words', occurredAt: minutesAfterTen(4) },
          ],
        },
      ]);
    }
  });
});

describe('webhooks about an issue, in any order and repeated', () => {
  const story = [
    ofIssue('created', 0),
    alert(1),
    ofIssue('assigned', 2, { assignedTo: { name: 'Maeve' } }),
    ofIssue('resolved', 3),
    ofIssue('unresolved', 4, { substatus: 'regressed' }),
    alert(5),
    ofIssue('archived', 6, { substatus: 'archived_forever' }),
    alert(7),
  ];

  it('give the same incident and timeline', async () => {
    const expected = await fold(story);
    expect(expected).toMatchObject([
      {
        status: 'OPEN',
        openedAt: new Date('2026-03-08T10:00:00.500Z'),
        timeline: [
          { kind: 'OPENED' },
          { kind: 'NOTE', text: 'Assigned to Maeve' },
          { kind: 'RESOLVED' },
          { kind: 'REOPENED', text: 'Regressed' },
          { kind: 'RESOLVED', text: 'Archived forever' },
          { kind: 'REOPENED', text: 'Alert rule: Many errors' },
        ],
      },
    ]);
    await fc.assert(
      fc.asyncProperty(arrivalsOf(story), async (arrival) => {
        expect(await fold(arrival)).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });

  it('open an incident although its creation was never told', async () => {
    expect(await fold([ofIssue('unresolved', 4)])).toMatchObject([
      { status: 'OPEN', openedAt: minutesAfterTen(4) },
    ]);
    expect(await fold([ofIssue('resolved', 3)])).toEqual([]);
  });
});
