import type { DocumentNode } from 'graphql';

/** Of all that are remembered; each takes about half a kilobyte of memory. */
const MAX_TOKENS = 60_000;
/** Of one: more than any that is within the limits has, unless it is mostly comments or texts. */
const MAX_WEIGHT = 4_000;
/** The text is kept too, and its comments: those that are shortest take 360 bytes for so many characters. */
const CHARACTERS_OF_A_TOKEN = 8;

export interface RememberedDocuments {
  get(hash: string): DocumentNode | undefined;
  set(hash: string, document: DocumentNode): void;
}

/** Valid ones alone. Those that were not asked for longest are forgotten first. */
export function createRememberedDocuments(maxTokens = MAX_TOKENS): RememberedDocuments {
  const remembered = new Map<string, { document: DocumentNode; weight: number }>();
  let total = 0;

  return {
    get(hash) {
      const found = remembered.get(hash);
      if (!found) return undefined;
      // Put behind all others, so that the one in front is the one that was not asked for longest.
      remembered.delete(hash);
      remembered.set(hash, found);
      return found.document;
    },
    set(hash, document) {
      const weight = weightOf(document);
      if (weight > MAX_WEIGHT) return;
      total += weight - (remembered.get(hash)?.weight ?? 0);
      remembered.delete(hash);
      remembered.set(hash, { document, weight });
      for (const [oldest, { weight: freed }] of remembered) {
        if (total <= maxTokens) return;
        remembered.delete(oldest);
        total -= freed;
      }
    },
  };
}

/** In tokens. */
function weightOf({ tokenCount = MAX_WEIGHT, loc }: DocumentNode): number {
  const characters = loc?.source.body.length ?? 0;
  return Math.max(tokenCount, Math.ceil(characters / CHARACTERS_OF_A_TOKEN));
}
