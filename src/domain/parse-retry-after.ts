/** Nobody may keep us waiting for longer. */
export const MAX_RETRY_AFTER_MS = 24 * 60 * 60 * 1000;

/** The longest form of a date, with blanks to spare. */
const MAX_LENGTH = 64;
const SECONDS = /^\d+$/;
const MONTHS = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec';
const TIME = String.raw`\d\d:\d\d:\d\d`;
/** The three forms of RFC 9110, section 5.6.7. */
const DATES = [
  new RegExp(String.raw`^[A-Z][a-z]{2}, (\d\d) (${MONTHS}) (\d{4}) (${TIME}) GMT$`),
  new RegExp(String.raw`^[A-Z][a-z]{5,8}, (\d\d)-(${MONTHS})-(\d\d) (${TIME}) GMT$`),
  new RegExp(String.raw`^[A-Z][a-z]{2} (?<month>${MONTHS}) (?<day>[ \d]\d) (?<time>${TIME}) (?<year>\d{4})$`),
] as const;

/**
 * How long a receiver asks to be left alone, in milliseconds and at most a day. Null where it does not ask, for what
 * cannot be read and for what is over already.
 */
export function parseRetryAfter(value: string | null, now: Date): number | null {
  const text = value?.trim() ?? '';
  if (text.length > MAX_LENGTH) return null;
  const ms = SECONDS.test(text) ? Number(text) * 1000 : until(text, now);
  return ms > 0 ? Math.min(ms, MAX_RETRY_AFTER_MS) : null;
}

/** 0 where it is no date. */
function until(text: string, now: Date): number {
  for (const form of DATES) {
    const match = form.exec(text);
    if (match === null) continue;
    const [, first = '', second = '', third = '', fourth = ''] = match;
    const { day = first, month = second, year = third, time = fourth } = match.groups ?? {};
    const at = Date.parse(`${day.trim()} ${month} ${wholeYear(year, now)} ${time} GMT`);
    return Number.isNaN(at) ? 0 : at - now.getTime();
  }
  return 0;
}

/** Two digits that seem to lie more than 50 years ahead are of the century before. */
function wholeYear(year: string, now: Date): number {
  if (year.length === 4) return Number(year);
  const current = now.getUTCFullYear();
  const guess = current - (current % 100) + Number(year);
  return guess > current + 50 ? guess - 100 : guess;
}
