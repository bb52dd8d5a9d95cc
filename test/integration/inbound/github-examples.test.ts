import { expect, test } from 'vitest';
import { deploymentText } from '../../../src/domain/deployment-text.ts';
import { toDeployment } from '../../../src/store/deployment-row.ts';
import { githubExamples, signedDelivery } from '../../support/github-examples.ts';
import { openDatabaseIntake } from '../../support/intake-over-database.ts';
import type { DatabaseIntake } from '../../support/intake-over-database.ts';
import { openTestDatabase } from '../../support/test-database.ts';

test(
  "each of GitHub's own examples is answered 2xx and kept with an outcome, as JSON and as a form",
  { timeout: 60_000 },
  async () => {
    const intake = await openDatabaseIntake(await openTestDatabase());
    const examples = githubExamples();
    expect(examples.length).toBeGreaterThan(700);
    for (const form of [false, true]) {
      const replies = await Promise.all(
        examples.map((example) => intake.deliver(signedDelivery(example, form))),
      );
      expect(replies.filter(({ status }) => status !== 200 && status !== 202)).toEqual([]);
    }
    const receipts = await intake.receipts();
    expect(receipts).toHaveLength(2 * examples.length);
    const unsaid = receipts.filter(
      ({ outcome, reason }) => outcome !== 'APPLIED' && !(outcome === 'IGNORED' && reason !== null),
    );
    expect(unsaid).toEqual([]);
    expect(await shown(intake)).toEqual([
      '2019-05-15T15:20:53.000Z Release of Hello-World: 0.0.1',
      '2019-05-15T15:20:57.000Z Pushed to Hello-World: Initial commit',
      '2019-05-15T19:38:20.000Z Release of Hello-World: 0.0.1',
      '2019-05-15T19:38:21.000Z Deployment of Hello-World to production succeeded: master@78a9609',
      '2022-01-03T01:28:40.000Z Deployment of Hello-World to github-pages is under way: master@f95f852',
    ]);
    expect(await intake.incidents()).toEqual([]);
  },
);

async function shown(intake: DatabaseIntake): Promise<string[]> {
  const deployments = (await intake.deployments()).map(toDeployment);
  return deployments.map((one) => `${one.occurredAt.toISOString()} ${deploymentText(one)}`).sort();
}
