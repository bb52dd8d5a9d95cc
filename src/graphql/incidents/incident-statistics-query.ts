import { civilDays, knownTimeZone } from '../../domain/civil-days.ts';
import { incidentStatistics } from '../../domain/incident-statistics.ts';
import { createGate } from '../../kernel/gate.ts';
import { codedError } from '../errors/coded-error.ts';
import type { QueryResolvers } from '../generated/resolvers-types.ts';
import { givenFilter } from '../limits/given-filter.ts';

const MAX_DAYS = 366;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Of all callers together: each may take 5 seconds of the database, and memory for the times of all incidents. */
const fewAtOnce = createGate(2);

export const incidentStatisticsQuery: Pick<QueryResolvers, 'incidentStatistics'> = {
  async incidentStatistics(_root, { from, until: given, timeZone: name, filter }, context) {
    const until = given ?? context.clock.now();
    checkRange(from, until);
    const timeZone = knownTimeZone(name) ?? unknownTimeZone(name);
    const where = { from, until, ...givenFilter(filter) };
    return fewAtOnce(async () => {
      const opened = await context.incidents.openedByDay(where, timeZone);
      if (opened === null) return unknownTimeZone(name);
      return { from, until, timeZone, ...incidentStatistics(opened, civilDays({ from, until }, timeZone)) };
    }, context.signal);
  },
};

function checkRange(from: Date, until: Date): void {
  if (from >= until) throw codedError('BAD_USER_INPUT', 'from must be before until.');
  if (until.getTime() - from.getTime() > MAX_DAYS * DAY_MS) {
    throw codedError('BAD_USER_INPUT', `from and until may be at most ${MAX_DAYS} days apart.`);
  }
}

function unknownTimeZone(name: string): never {
  throw codedError(
    'BAD_USER_INPUT',
    `timeZone ${name.slice(0, 64)} is not known: use the name of an IANA time zone, such as Europe/Berlin.`,
  );
}
