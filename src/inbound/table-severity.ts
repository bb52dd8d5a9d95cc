import type { Severity } from '../domain/incident.ts';
import { quoted } from './limited-text.ts';
import { meaningOf } from './word-table.ts';
import type { WordTable } from './word-table.ts';

/** The severity of a provider's own word; `MEDIUM` with a warning where its table does not have it. */
export function tableSeverity(table: WordTable<Severity>, word: string, warnings: string[]): Severity {
  const severity = meaningOf(table, word);
  if (severity === null) warnings.push(`severity ${quoted(word)} is not understood: MEDIUM is assumed`);
  return severity ?? 'MEDIUM';
}
