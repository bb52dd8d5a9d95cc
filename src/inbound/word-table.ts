/** The words that a sender has for each of our own: what `GET /api/v1/webhooks/test` shows is what is read. */
export type WordTable<M extends string> = Readonly<Partial<Record<M, readonly string[]>>>;

/** What a word means, without regard to case; null where no meaning has it. */
export function meaningOf<M extends string>(table: WordTable<M>, word: string): M | null {
  const wanted = word.trim().toLowerCase();
  const meanings = Object.keys(table) as M[];
  return meanings.find((meaning) => table[meaning]?.some((known) => known.toLowerCase() === wanted)) ?? null;
}
