import type { mongo } from 'mongoose';
import { keyWord } from './incident-row.ts';
import type { IncidentRow } from './incident-row.ts';
import type { ReadableRows } from './readable-rows.ts';
import { MAX_READ_MS, reading } from './reading.ts';

/** A word is counted so far: it is then common, and which of several common ones leads matters little. */
const COMMON = 1_000;

export interface SearchedWords {
  words?: readonly string[];
  externalKey?: readonly string[];
}

/**
 * The condition that a row holds every word and any of the keys. One of them leads through the index, in the order of
 * openings; the others are put so that MongoDB does not lead by them: it would choose by the words of an earlier search.
 */
export async function holdsWords(
  rows: Pick<ReadableRows<IncidentRow>, 'countDocuments'>,
  { words = [], externalKey }: SearchedWords,
): Promise<mongo.Document> {
  if (externalKey !== undefined) {
    return { words: { $in: externalKey.map(keyWord) }, ...(words.length > 0 && alsoHolds(words)) };
  }
  const [first, ...others] = words;
  if (first === undefined) return {};
  if (others.length === 0) return { words: first };
  const rarest = await rarestOf(rows, words);
  return { words: rarest, ...alsoHolds(words.filter((word) => word !== rarest)) };
}

async function rarestOf(
  rows: Pick<ReadableRows<IncidentRow>, 'countDocuments'>,
  words: readonly string[],
): Promise<string | undefined> {
  const counts = await Promise.all(
    words.map((word) =>
      reading(rows.countDocuments({ words: word }, { limit: COMMON, maxTimeMS: MAX_READ_MS })),
    ),
  );
  return words[counts.indexOf(Math.min(...counts))];
}

function alsoHolds(words: readonly string[]): mongo.Document {
  return { $expr: { $setIsSubset: [words, '$words'] } };
}
