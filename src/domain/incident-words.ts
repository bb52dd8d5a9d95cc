import type { Incident } from './incident.ts';

/** Of one incident; those of the title come first. Each costs the database 4 µs more as the incident is stored. */
const MAX_WORDS = 64;
/** A longer word is known by its beginning. */
const MAX_LENGTH = 40;
/** So much of a description is looked through, whatever its length: more words than these fit in are rare. */
const MAX_TEXT = 8_192;

/**
 * Two or more letters or digits; what is joined (`api-7f`) counts part by part. Single ones say nothing by themselves,
 * but joined to each other they are one word (`2.5`).
 */
const WORD = /[\p{L}\p{N}]{2,}|[\p{L}\p{N}](?:[-._:/@+][\p{L}\p{N}])+(?![\p{L}\p{N}])/gu;
/** The same for plain English, several times as fast. */
const ASCII_WORD = /[a-z0-9]{2,}|[a-z0-9](?:[-._:/@+][a-z0-9])+(?![a-z0-9])/g;
/** They stand nearly everywhere: to keep them would cost much and find nothing. */
const EMPTY_WORDS = new Set(
  'an and are as at be by for from has in is of on or that the this to was were will with'.split(' '),
);
const MARKS = /\p{M}+/gu;
const ASCII = /^[\0-\x7f]*$/;

/** What an incident is found by: the distinct words of its title, then of its description. */
export function incidentWords({ title, description }: Pick<Incident, 'title' | 'description'>): string[] {
  const words = new Set(wordsOf(title));
  if (description !== '') for (const word of wordsOf(description.slice(0, MAX_TEXT))) words.add(word);
  return words.size > MAX_WORDS ? [...words].slice(0, MAX_WORDS) : [...words];
}

/** The distinct words of what a person looks for. */
export function searchedWords(text: string): string[] {
  return [...new Set(wordsOf(text))];
}

/** Words as they are compared: in one case, without accents. */
function wordsOf(text: string): string[] {
  const words = (ASCII.test(text) ? text.toLowerCase().match(ASCII_WORD) : plain(text).match(WORD)) ?? [];
  const known = words.filter((word) => !EMPTY_WORDS.has(word));
  return known.map((word) => (word.length > MAX_LENGTH ? word.slice(0, MAX_LENGTH) : word));
}

function plain(text: string): string {
  // Upper case first: some letters have more than one lower case.
  return text.normalize('NFKD').replace(MARKS, '').toUpperCase().toLowerCase().normalize('NFC');
}
