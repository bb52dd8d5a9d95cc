import type { Severity } from '../domain/incident.ts';
import type { Acceptance } from './provider.ts';
import { quoted } from './limited-text.ts';

/** The severity of a provider's own word; `MEDIUM` with a warning where its table does not have it. */
export function tableSeverity(table: Acceptance['severities'], word: string, warnings: string[]): Severity {
  const wanted = word.trim().toLowerCase();
  const row = Object.entries(table).find(([, words]) => words.includes(wanted));
  if (row !== undefined) return row[0] as Severity;
  warnings.push(`severity ${quoted(word)} is not understood: MEDIUM is assumed`);
  return 'MEDIUM';
}
