import { expect, it } from 'vitest';
import { signalTie } from '../../../src/domain/signal-tie.ts';
import type { Signal } from '../../../src/domain/signal.ts';

const said: Omit<Signal, 'id' | 'tie'> = {
  kind: 'TRIGGER',
  key: { source: 'pagerduty', externalKey: 'ABC123', reuse: 'ONCE', synthetic: false },
  occurredAt: null,
  claimedAt: null,
  fields: { title: 'High CPU usage', severity: 'HIGH' },
  text: null,
  actor: null,
};

it('is the same for the same words in any order of fields', () => {
  const again = { ...said, fields: { severity: 'HIGH', title: 'High CPU usage' } } as const;
  expect(signalTie(again)).toBe(signalTie(said));
});

it('differs where the sender said something else', () => {
  const others: Omit<Signal, 'id' | 'tie'>[] = [
    { ...said, kind: 'RESOLVE' },
    { ...said, key: { ...said.key, externalKey: 'ABC124' } },
    { ...said, fields: { ...said.fields, severity: 'LOW' } },
    { ...said, occurredAt: new Date(1e12) },
    { ...said, text: 'x' },
    { ...said, actor: 'x' },
  ];
  expect(new Set([said, ...others].map(signalTie)).size).toBe(others.length + 1);
});

it('does not depend on when it came: a claim that was replaced counts as it was made', () => {
  const claimedAt = new Date('2030-01-01T00:00:00Z');
  const first = signalTie({ ...said, claimedAt, occurredAt: new Date('2026-03-04T05:00:00Z') });
  const later = signalTie({ ...said, claimedAt, occurredAt: new Date('2026-03-04T06:00:00Z') });
  expect(first).toBe(later);
});

it('does not depend on a key that we made up from the receipt', () => {
  const synthetic = (externalKey: string) => ({
    ...said,
    key: { ...said.key, externalKey, synthetic: true },
  });
  expect(signalTie(synthetic('receipt:1'))).toBe(signalTie(synthetic('receipt:2')));
});

it('takes halves of surrogate pairs', () => {
  expect(signalTie({ ...said, text: 'a\ud800' })).toMatch(/^[0-9a-f]{64}$/);
});
