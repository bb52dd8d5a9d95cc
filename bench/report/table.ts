import type { Line, RowReport } from './row-report.ts';
import type { Goal } from './verdict.ts';

const HEADINGS = ['what', 'measured', 'against', 'baseline', 'ratio', 'goal', 'verdict'] as const;
const RIGHT = new Set(['measured', 'baseline', 'ratio', 'goal']);

/** The figures of all rows as one table for a terminal. */
export function formatTable(reports: readonly RowReport[]): string {
  const rows = reports.flatMap(({ row, lines }) => lines.map((line) => cells(row, line)));
  const table = [HEADINGS, ...rows];
  const widths = HEADINGS.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const text = table.map((row) =>
    HEADINGS.map((heading, column) => pad(row[column] ?? '', widths[column] ?? 0, RIGHT.has(heading)))
      .join('  ')
      .trimEnd(),
  );
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [text[0], rule, ...text.slice(1)].join('\n');
}

function cells(row: string, line: Line): string[] {
  const { figure, unit, measured, against, baseline, ratio, goal } = line;
  return [
    `${row}: ${figure}`,
    `${formatNumber(measured)} ${unit}`,
    against ?? '-',
    baseline === null ? '-' : `${formatNumber(baseline)} ${unit}`,
    ratio === null ? '-' : ratio.toFixed(2),
    goal === null ? '-' : formatGoal(goal, unit),
    formatVerdict(line),
  ];
}

function formatGoal(goal: Goal, unit: string): string {
  if ('ratioAtLeast' in goal) return `>= ${goal.ratioAtLeast.toFixed(2)}`;
  return 'ratioAtMost' in goal
    ? `<= ${goal.ratioAtMost.toFixed(2)}`
    : `<= ${formatNumber(goal.valueAtMost)} ${unit}`;
}

function formatVerdict({ goal, verdict }: Line): string {
  if (goal === null) return '';
  if (verdict === null) return 'not compared';
  return verdict.met ? 'met' : `missed by ${formatNumber(verdict.missedByPercent)} %`;
}

/** Three digits that matter, and thousands set apart. */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  const decimals = size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

function pad(text: string, width: number, right: boolean): string {
  return right ? text.padStart(width) : text.padEnd(width);
}
