import { codedError } from '../errors/coded-error.ts';
import type { ReceiptFilter } from '../generated/resolvers-types.ts';
import { givenFilter } from '../limits/given-filter.ts';
import type { Given } from '../limits/given-filter.ts';

const MAX_TEXT = 100;
const MAX_ID = 300;
const LIMITS = [
  ['reason', MAX_TEXT],
  ['verifiedWith', MAX_TEXT],
  ['deliveryId', MAX_ID],
  ['incidentId', MAX_ID],
] as const;

/** Throws `BAD_USER_INPUT` where a text is blank, too long, or none that could stand in a receipt. */
export function receiptFilter(filter: ReceiptFilter | null | undefined): Given<ReceiptFilter> {
  const given = givenFilter(filter);
  for (const [name, max] of LIMITS) {
    const text = given[name];
    if (text === undefined) continue;
    if (text.trim() === '' || text.length > max) {
      throw codedError('BAD_USER_INPUT', `filter.${name} must have 1 to ${max} characters.`);
    }
    if (/\p{Cc}|\p{Surrogate}/u.test(text)) {
      throw codedError('BAD_USER_INPUT', `filter.${name} must not hold control characters.`);
    }
  }
  return given;
}
