import { expect, test } from 'vitest';
import { openDatabaseIntake } from '../../support/intake-over-database.ts';
import type { DatabaseIntake } from '../../support/intake-over-database.ts';
import { fixturesOf } from '../../support/inbound-fixture.ts';
import type { InboundFixture } from '../../support/inbound-fixture.ts';
import { openTestDatabase } from '../../support/test-database.ts';

const PROVIDERS = ['github', 'pagerduty', 'generic'];

/** Posts what the fixture stands on, then the fixture, then calls back; on an empty store for each one. */
async function forEachFixture(
  provider: string,
  check: (fixture: InboundFixture, intake: DatabaseIntake) => Promise<void>,
): Promise<void> {
  const intake = await openDatabaseIntake(await openTestDatabase());
  const fixtures = fixturesOf(provider);
  expect(fixtures.length).toBeGreaterThan(10);
  for (const fixture of fixtures) {
    await intake.clear();
    for (const earlier of fixture.after ?? []) await intake.deliver(earlier);
    await check(fixture, intake);
  }
}

test.each(PROVIDERS)(
  'each fixture of %s comes to what its file expects',
  { timeout: 60_000 },
  async (provider) => {
    await forEachFixture(provider, async (fixture, intake) => {
      const { name, after = [], expect: expected } = fixture;
      const { outcome } = expected;
      const reply = await intake.deliver(fixture);

      const receipts = await intake.receipts();
      expect(receipts, name).toHaveLength(after.length + 1);
      expect(receipts.at(-1), name).toMatchObject({ outcome, provider });
      const incidents = await intake.incidents();
      if (expected.status === null) {
        expect(incidents, name).toEqual([]);
      } else {
        const { externalKey, status, severity } = expected;
        expect(incidents, name).toMatchObject([
          { externalKey, status: String(status).toUpperCase(), severity: String(severity).toUpperCase() },
        ]);
        expect(JSON.stringify(reply.body), name).toContain(incidents[0]?.id);
      }
      const deployments = (await intake.deployments()).map(({ naturalKey }) => naturalKey);
      const deploys = provider === 'github' && outcome === 'APPLIED';
      expect(deployments, name).toEqual(
        deploys ? [expect.stringContaining(String(expected.externalKey))] : [],
      );
    });
  },
);

test.each(PROVIDERS)(
  'each fixture of %s, sent again, is answered like the first and changes nothing',
  { timeout: 60_000 },
  async (provider) => {
    await forEachFixture(provider, async (fixture, intake) => {
      const { name } = fixture;
      const first = await intake.deliver(fixture);
      const before = await shown(intake);
      const second = await intake.deliver(fixture);

      expect(second.status, name).toBe(first.status);
      expect(await shown(intake), name).toEqual(before);
      const again = (await intake.receipts()).at(-1);
      if (fixture.expect.outcome === 'REJECTED') {
        expect(again?.outcome, name).toBe('REJECTED');
      } else if (again?.outcome === 'DUPLICATE') {
        expect(second.body, name).toEqual({ ...first.body, duplicate: true });
      } else {
        expect(again, name).toMatchObject({ outcome: 'IGNORED', reason: 'nothing new' });
        expect(second.body, name).toEqual({ ...first.body, receipt_id: again?._id });
      }
    });
  },
);

/** All that a reader sees, but that a trigger came again. */
async function shown(intake: DatabaseIntake) {
  const incidents = await intake.incidents();
  for (const incident of incidents) Object.assign(incident, { triggerCount: 0, lastSeenAt: null });
  return [incidents, await intake.timeline(), await intake.deployments()];
}

test.each(['pagerduty-v3-triggered', 'generic-minimal', 'github-pull-request-closed-merged'])(
  'the same delivery 20 times at once is taken once and answered alike: %s',
  async (name) => {
    const intake = await openDatabaseIntake(await openTestDatabase());
    const replies = await Promise.all(Array.from({ length: 20 }, () => intake.deliver(name)));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(replies.map(({ body }) => JSON.stringify({ ...body, duplicate: null }))).size).toBe(1);
    const outcomes = (await intake.receipts()).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'APPLIED')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'DUPLICATE')).toHaveLength(19);
    expect((await intake.incidents()).length + (await intake.deployments()).length).toBe(1);
  },
);
