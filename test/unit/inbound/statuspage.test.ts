import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrivalsOf } from '../../support/arrivals.ts';
import { fixturesOf } from '../../support/inbound-fixture.ts';
import { createIntakeBench } from '../../support/intake-bench.ts';
import { foldAll } from '../../support/memory-fold.ts';
import { signalsOf, takeFixture, takeWebhook } from '../../support/provider-bench.ts';

interface Update {
  status: string;
  body: string | null;
  minute: number;
}

const at = (minute: number): Date => new Date(Date.parse('2026-03-08T08:00:00Z') + minute * 60_000);

/** The webhook that tells of the last of these updates, with all before it. */
function webhook(updates: Update[], over: object = {}) {
  const incident_updates = updates
    .map(({ status, body, minute }, index) => ({
      id: `up${index}`,
      status,
      body,
      created_at: at(minute).toISOString(),
    }))
    .toReversed();
  return {
    page: { id: 'pg', status_indicator: 'major' },
    incident: {
      id: 'in5r8t2w',
      name: 'Card vault unavailable',
      status: updates.at(-1)?.status,
      impact: 'major',
      shortlink: 'https://stspg.example/in5r8t2w',
      incident_updates,
      components: [{ id: 'c1', name: 'Vault API' }],
      scheduled_for: null,
      ...over,
    },
  };
}

const STORY: Update[] = [
  { status: 'investigating', body: 'We look into it.', minute: 0 },
  { status: 'identified', body: 'A disk is full.', minute: 10 },
  { status: 'monitoring', body: 'It is replaced.', minute: 20 },
  { status: 'resolved', body: 'All is well.', minute: 30 },
  { status: 'investigating', body: 'It is back.', minute: 40 },
  { status: 'resolved', body: 'Now really.', minute: 50 },
  { status: 'postmortem', body: 'It was the disk.', minute: 500 },
];
const told = STORY.map((_, index) => webhook(STORY.slice(0, index + 1)));

const fold = async (webhooks: readonly object[]) => {
  const signals = await Promise.all(webhooks.map((one) => signalsOf('statuspage', one)));
  return foldAll(signals.flat());
};

describe('the fixtures', () => {
  it.each(fixturesOf('statuspage').map((fixture) => [fixture.name, fixture] as const))(
    '%s',
    async (_name, fixture) => {
      const { outcome, externalKey, severity } = fixture.expect;
      const { verdict, signals, receipt } = await takeFixture(fixture);
      expect(verdict.outcome).toBe(outcome);
      for (const { key } of signals)
        expect(key).toMatchObject({ externalKey, reuse: 'ONCE', synthetic: false });
      expect(signals.at(-1)?.fields.severity?.toLowerCase()).toBe(severity);
      expect(receipt).toMatchObject({ deliveryId: signals.at(-1)?.tie, warnings: [] });
    },
  );
});

describe('an incident of a page', () => {
  it('opens with its first update, and tells of each that follows', async () => {
    expect(await fold(told)).toMatchObject([
      {
        status: 'RESOLVED',
        title: 'Card vault unavailable',
        description: 'It is back.',
        severity: 'HIGH',
        service: 'Vault API',
        url: 'https://stspg.example/in5r8t2w',
        openedAt: at(0),
        resolvedAt: at(50),
        timeline: [
          { kind: 'OPENED', text: 'We look into it.', occurredAt: at(0) },
          { kind: 'NOTE', text: 'Identified: A disk is full.', occurredAt: at(10) },
          { kind: 'NOTE', text: 'Monitoring: It is replaced.', occurredAt: at(20) },
          { kind: 'RESOLVED', text: 'All is well.', occurredAt: at(30) },
          { kind: 'REOPENED', text: 'It is back.', occurredAt: at(40) },
          { kind: 'RESOLVED', text: 'Now really.', occurredAt: at(50) },
          { kind: 'NOTE', text: 'Postmortem: It was the disk.', occurredAt: at(500) },
        ],
      },
    ]);
  });

  it('is the same in any order, and however often each is told', async () => {
    const expected = await fold(told);
    await fc.assert(
      fc.asyncProperty(arrivalsOf(told), async (arrival) => {
        expect(await fold(arrival)).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });

  it('is whole again with the newest webhook, whichever of those before it were lost', async () => {
    const expected = await fold(told);
    const lossy = fc.subarray(told.slice(0, -1)).map((some) => [...some, ...told.slice(-1)]);
    await fc.assert(
      fc.asyncProperty(lossy, async (arrival) => {
        expect(await fold(arrival)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('has the impact, the name and the components of its newest update', async () => {
    const [first, second] = [STORY.slice(0, 1), STORY.slice(0, 2)];
    const before = webhook(first, { impact: 'none' });
    const after = webhook(second, {
      impact: 'critical',
      name: 'Vault down',
      components: [],
      shortlink: null,
    });
    for (const arrival of [
      [before, after],
      [after, before],
    ]) {
      expect(await fold(arrival)).toMatchObject([
        {
          severity: 'CRITICAL',
          title: 'Vault down',
          service: null,
          url: null,
          description: 'A disk is full.',
        },
      ]);
    }
  });

  it('that was over before it was told is one that is over', async () => {
    expect(await fold([webhook([{ status: 'resolved', body: 'It was short.', minute: 5 }])])).toMatchObject([
      { status: 'RESOLVED', openedAt: at(5), resolvedAt: at(5), description: 'It was short.' },
    ]);
  });

  it.each([
    ['critical', 'CRITICAL', 0],
    ['major', 'HIGH', 0],
    ['minor', 'MEDIUM', 0],
    ['none', 'INFO', 0],
    [null, 'MEDIUM', 0],
    ['enormous', 'MEDIUM', 1],
  ])('of impact %s has the severity %s', async (impact, severity, warnings) => {
    const { signals, receipt } = await takeWebhook('statuspage', webhook(STORY.slice(0, 1), { impact }));
    expect(signals[0]?.fields.severity).toBe(severity);
    expect(receipt.warnings).toHaveLength(warnings);
  });

  it('with updates beyond number has the newest taken', async () => {
    const many = Array.from({ length: 2000 }, (_, minute) => ({
      status: 'identified',
      body: `${minute}`,
      minute,
    }));
    const { signals, reply } = await takeWebhook('statuspage', webhook(many), { now: at(6000) });
    expect(reply.status).toBe(200);
    expect(signals).toHaveLength(100);
    expect(signals.at(-1)?.text).toBe('Identified: 1999');
  });
});

describe('what is ignored', () => {
  it.each([
    [
      'a component',
      { page: {}, component_update: { new_status: 'major_outage' }, component: {} },
      'component',
    ],
    ['a maintenance', webhook([{ status: 'scheduled', body: 'Soon.', minute: 0 }]), 'maintenance'],
    ['one that runs', webhook([{ status: 'in_progress', body: 'Now.', minute: 0 }]), 'maintenance'],
    ['one that is over', webhook([{ status: 'completed', body: 'Done.', minute: 0 }]), 'maintenance'],
    [
      'one told of afterwards',
      webhook(STORY.slice(-1), { scheduled_for: '2026-03-08T08:00:00Z' }),
      'maintenance',
    ],
    ['an unknown status', webhook([{ status: 'constructor', body: 'x', minute: 0 }]), 'constructor'],
    ['an incident without updates', webhook([]), 'no updates'],
    ['any other body', { incident: [] }, 'form'],
    ['a list', [], 'form'],
  ])('is %s, with a reason', async (_what, body, reason) => {
    const taken = await takeWebhook('statuspage', body);
    expect(taken.reply).toMatchObject({ status: 202, body: { status: 'ignored' } });
    expect(taken.reason).toContain(reason);
  });

  it('is one update of an unknown status among others, with a warning', async () => {
    const strange = [
      ...STORY.slice(0, 1),
      { status: 'pondering', body: 'x', minute: 5 },
      ...STORY.slice(1, 2),
    ];
    const { signals, receipt } = await takeWebhook('statuspage', webhook(strange));
    expect(signals.map(({ kind }) => kind)).toEqual(['TRIGGER', 'NOTE']);
    expect(receipt.warnings).toEqual([expect.stringContaining('pondering')]);
  });
});

it('an incident without an id is refused, and told where', async () => {
  const { reply } = await takeWebhook('statuspage', webhook(STORY, { id: null }));
  expect(reply).toMatchObject({ status: 422, body: { errors: [{ path: 'incident.id' }] } });
});

it('the secret stands in the URL', async () => {
  const request = { provider: 'statuspage', body: Buffer.from(JSON.stringify(webhook(STORY.slice(0, 1)))) };
  const bench = createIntakeBench({ secrets: { statuspage: 's3cret' } });
  expect((await bench.receive(request)).status).toBe(401);
  expect((await bench.receive({ ...request, token: 's3cret' })).status).toBe(200);
});
