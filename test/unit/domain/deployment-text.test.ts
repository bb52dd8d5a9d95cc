import { expect, test } from 'vitest';
import { deploymentText } from '../../../src/domain/deployment-text.ts';
import type { Deployment } from '../../../src/domain/deployment.ts';

type Told = Parameters<typeof deploymentText>[0];

const deployed: Told = {
  kind: 'DEPLOYED',
  service: 'checkout-api',
  repository: 'lumen-shop/checkout-api',
  title: 'Readiness check timed out (main@4c9e1f7)',
  environment: 'production',
  outcome: 'FAILED',
};

test.each<[string, Partial<Told>]>([
  ['Deployment of checkout-api to production failed: Readiness check timed out (main@4c9e1f7)', {}],
  [
    'Deployment of checkout-api to eu is under way: main@4c9e1f7',
    { environment: 'eu', outcome: 'IN_PROGRESS', title: 'main@4c9e1f7' },
  ],
  [
    'Deployment of lumen-shop/checkout-api succeeded: v4',
    { environment: null, outcome: 'SUCCEEDED', title: 'v4', service: null },
  ],
  ['Deployment of checkout-api to production: v4', { outcome: null, title: 'v4' }],
  ['Merged into checkout-api: Cut retries', { ...happened('PR_MERGED'), title: 'Cut retries' }],
  ['Pushed to checkout-api: Cut retries', { ...happened('PUSHED'), title: 'Cut retries' }],
  ['Release of checkout-api: v4.18.0', { ...happened('RELEASE'), title: 'v4.18.0' }],
  [
    'Workflow run of checkout-api failed: deploy #318',
    { ...happened('WORKFLOW_RUN'), outcome: 'FAILED', title: 'deploy #318' },
  ],
])('one line says what changed, where, and whether it went well: %s', (line, over) => {
  expect(deploymentText({ ...deployed, ...over })).toBe(line);
});

function happened(kind: Deployment['kind']): Partial<Told> {
  return { kind, environment: null, outcome: null };
}
