import { searchedWords } from '../../domain/incident-words.ts';
import type { IncidentsOrder, IncidentsWhere } from '../../store/incident-reader.ts';
import { codedError } from '../errors/coded-error.ts';
import type { IncidentFilter } from '../generated/resolvers-types.ts';
import { givenFilter } from '../limits/given-filter.ts';

const MAX_TEXT = 1_000;
const MAX_WORDS = 10;
const BY_OPENING: readonly IncidentsOrder[] = ['OPENED_AT_DESC', 'OPENED_AT_ASC'];

/** Throws `BAD_USER_INPUT` where the filter asks for what cannot be looked for, or not in that order. */
export function incidentsWhere(
  filter: IncidentFilter | null | undefined,
  order: IncidentsOrder,
): IncidentsWhere {
  const { text, ...where } = givenFilter<IncidentFilter>(filter);
  for (const [name, value] of Object.entries({ text, externalKey: where.externalKey })) {
    if (value === undefined || BY_OPENING.includes(order)) continue;
    throw codedError(
      'BAD_USER_INPUT',
      `filter.${name} goes with the orders OPENED_AT_DESC and OPENED_AT_ASC only, not with ${order}.`,
    );
  }
  return text === undefined ? where : { ...where, words: readText(text) };
}

function readText(text: string): string[] {
  const words = text.length > MAX_TEXT ? [] : searchedWords(text);
  if (text.length > MAX_TEXT || words.length > MAX_WORDS) {
    throw codedError(
      'BAD_USER_INPUT',
      `filter.text may have at most ${MAX_WORDS} words and 1,000 characters.`,
    );
  }
  if (words.length === 0) {
    throw codedError(
      'BAD_USER_INPUT',
      'filter.text must hold a word of at least two letters or digits, and not only such as the or of.',
    );
  }
  return words;
}
