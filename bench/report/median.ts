/** The middle value; the mean of the two middle ones where their number is even. Throws where there is none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[sorted.length >> 1];
  const lower = sorted[(sorted.length - 1) >> 1];
  if (upper === undefined || lower === undefined) throw new RangeError('no values');
  return (lower + upper) / 2;
}

/**
 * The median of the ratios of each round. Rounds are interleaved, so what slows the machine down for a while slows both
 * sides of a round.
 */
export function medianRatio(measured: readonly number[], baseline: readonly number[]): number {
  if (measured.length !== baseline.length) throw new RangeError('each round needs both sides');
  return median(measured.map((value, round) => value / (baseline[round] ?? Number.NaN)));
}
