const DAY_MS = 24 * 60 * 60 * 1000;

/** The canonical name of an IANA time zone, however its case; null where there is none such. */
export function knownTimeZone(name: string): string | null {
  // What is no name of a zone, such as `+01:00`, is understood by some versions of Node only.
  if (!/^[A-Za-z]/.test(name)) return null;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

/** The dates (`2026-03-04`) that a range touches in a time zone, its end not included. */
export function civilDays({ from, until }: { from: Date; until: Date }, timeZone: string): string[] {
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const midnight = (moment: number): number => {
    const parts = new Map(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
    // A year below 100 would else be one of the last century.
    const date = new Date(0);
    return date.setUTCFullYear(parts.get('year') ?? 0, (parts.get('month') ?? 1) - 1, parts.get('day'));
  };
  const last = midnight(until.getTime() - 1);
  const days: string[] = [];
  for (let day = midnight(from.getTime()); day <= last; day += DAY_MS) {
    days.push(new Date(day).toISOString().slice(0, 10));
  }
  return days;
}
