import type { Severity } from './incident.ts';

/** What senders call severities, compared without regard to case. */
export const SEVERITY_WORDS: Readonly<Record<Severity, readonly string[]>> = {
  CRITICAL: ['critical', 'crit', 'page', 'fatal', 'emergency', 'disaster', 'p1', 'sev1'],
  HIGH: ['high', 'error', 'major', 'urgent', 'p2', 'sev2'],
  MEDIUM: ['medium', 'warning', 'warn', 'minor', 'moderate', 'average', 'p3', 'sev3'],
  LOW: ['low', 'p4', 'sev4'],
  INFO: ['info', 'informational', 'information', 'notice', 'none', 'debug', 'p5', 'sev5'],
};

const PRIORITIES: readonly Severity[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFO'];

/** Null where the word is not understood: the caller says so and takes `MEDIUM`. */
export function severityFromWord(word: string): Severity | null {
  const wanted = word.trim().toLowerCase();
  return PRIORITIES.find((severity) => SEVERITY_WORDS[severity].includes(wanted)) ?? null;
}

/** `P1` to `P5`, or the number alone. */
export function severityFromPriority(priority: string | number): Severity | null {
  const digit = /^p?([1-5])$/i.exec(String(priority).trim())?.[1];
  return digit === undefined ? null : (PRIORITIES[Number(digit) - 1] ?? null);
}
