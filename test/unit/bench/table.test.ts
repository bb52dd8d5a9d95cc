import { expect, it } from 'vitest';
import { line } from '../../../bench/report/row-report.ts';
import { formatNumber, formatTable } from '../../../bench/report/table.ts';

it('the table says of each figure what it was compared with and whether its goal is met', () => {
  const baseline = { name: 'raw', values: [10_000, 20_000, 30_000] };
  const table = formatTable([
    {
      row: 'push',
      lines: [
        line({
          figure: 'rate',
          unit: '/s',
          measured: [2500, 5000, 7500],
          baseline,
          goal: { ratioAtLeast: 0.5 },
        }),
        line({ figure: 'p50', unit: 'ms', measured: [4], goal: { valueAtMost: 10 } }),
        line({ figure: 'alone', unit: 'ms', measured: [4] }),
      ],
      notes: [],
    },
  ]);
  const [head, , rate, p50, alone] = table.split('\n').map((text) => text.trim().split(/ {2,}/));
  expect(head).toEqual(['what', 'measured', 'against', 'baseline', 'ratio', 'goal', 'verdict']);
  expect(rate).toEqual(['push: rate', '5,000 /s', 'raw', '20,000 /s', '0.25', '>= 0.50', 'missed by 50.0 %']);
  expect(p50).toEqual(['push: p50', '4.00 ms', '-', '-', '-', '<= 10.0 ms', 'met']);
  expect(alone).toEqual(['push: alone', '4.00 ms', '-', '-', '-', '-']);
});

it('numbers show three digits that matter', () => {
  expect([1234.5, 123.4, 12.34, 1.234, 0].map(formatNumber)).toEqual([
    '1,235',
    '123',
    '12.3',
    '1.23',
    '0.00',
  ]);
});
