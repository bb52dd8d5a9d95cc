import { expect, test } from 'vitest';
import { createMetrics } from '../../../src/kernel/metrics.ts';

test('attempts are counted by class of status, by why no answer came, and by what followed', async () => {
  const metrics = createMetrics();
  const attempt = { durationMs: 5, lagMs: 10 };
  metrics.deliveryAttempted({ ...attempt, status: 204, error: null, outcome: 'DELIVERED' });
  metrics.deliveryAttempted({ ...attempt, status: 503, error: null, outcome: 'WAITING' });
  metrics.deliveryAttempted({ ...attempt, status: null, error: 'timeout', outcome: 'DEAD' });
  const lines = (await metrics.registry.metrics())
    .split('\n')
    .filter((line) => line.startsWith('opslens_delivery_attempts_total'));
  expect(lines).toEqual([
    'opslens_delivery_attempts_total{status_class="2xx",error="none",outcome="DELIVERED"} 1',
    'opslens_delivery_attempts_total{status_class="5xx",error="none",outcome="WAITING"} 1',
    'opslens_delivery_attempts_total{status_class="none",error="timeout",outcome="DEAD"} 1',
  ]);
});

test('a gauge whose number is not known does not keep the others from being read', async () => {
  const metrics = createMetrics();
  metrics.gauge('opslens_unknown', 'Not known.', () => Number.NaN);
  metrics.gauge('opslens_known', 'Known.', () => 7);
  const text = await metrics.registry.metrics();
  expect(text).toMatch(/^opslens_unknown Nan$/im);
  expect(text).toContain('opslens_known 7');
});
