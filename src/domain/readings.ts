import type { Signal } from './signal.ts';

/** What a webhook's body was read as so far: when it came, and each time it ran again. */
export interface Readings {
  /** The webhook's own receipt, and those of its replays. */
  receiptIds: string[];
  /** Marks of the signals of each reading that was folded, the newest reading last. */
  folded: string[][];
  incidentIds: string[];
  deploymentIds: string[];
}

/** How a signal of today's reading stands to the readings before it. */
export type Reading =
  /** Folded already, to the letter. */
  | 'KNOWN'
  /** Folded already, but other fields were read. */
  | 'REREAD'
  | 'NEW';

/** Recognises a signal among those of other readings of the same webhook. */
export function signalMark({ kind, key, tie, digest }: Signal): string {
  return JSON.stringify([kind, key.externalKey, tie, ...(digest === undefined ? [] : [digest])]);
}

export function compareReadings({ folded }: Readings, signals: readonly Signal[]): Reading[] {
  const newest = new Set(folded.at(-1));
  const ever = new Set(folded.flat());
  const marks = signals.map(signalMark);
  const withdrawn = withdrawnByName(newest, new Set(marks));
  return signals.map((signal, index) => {
    const mark = marks[index] ?? '';
    if (newest.has(mark)) return 'KNOWN';
    // One that the newest reading lacks takes the place of one that today's lacks.
    const isReplacement = take(withdrawn, nameOf([signal.kind, signal.key.externalKey]));
    return isReplacement || ever.has(mark) ? 'REREAD' : 'NEW';
  });
}

/** How many signals of a kind and key the newest reading had that today's has not. */
function withdrawnByName(newest: ReadonlySet<string>, today: ReadonlySet<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const mark of newest) {
    if (today.has(mark)) continue;
    const name = nameOf(JSON.parse(mark) as string[]);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

function take(counts: Map<string, number>, name: string): boolean {
  const count = counts.get(name) ?? 0;
  if (count > 0) counts.set(name, count - 1);
  return count > 0;
}

function nameOf([kind, externalKey]: readonly (string | undefined)[]): string {
  return JSON.stringify([kind, externalKey]);
}
