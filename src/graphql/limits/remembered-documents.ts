import type { DocumentNode, GraphQLError } from 'graphql';

/** A valid document, or why none of it runs. */
export type CheckedDocument = { document: DocumentNode } | { errors: readonly GraphQLError[] };

/** Of all that are remembered; each takes about half a kilobyte of memory. */
const MAX_TOKENS = 60_000;

export interface RememberedDocuments {
  get(hash: string): CheckedDocument | undefined;
  set(hash: string, checked: CheckedDocument, tokens: number): void;
}

/** Those that were not asked for longest are forgotten first. */
export function createRememberedDocuments(maxTokens = MAX_TOKENS): RememberedDocuments {
  const remembered = new Map<string, { checked: CheckedDocument; tokens: number }>();
  let total = 0;

  return {
    get(hash) {
      const found = remembered.get(hash);
      if (!found) return undefined;
      // Put behind all others, so that the one in front is the one that was not asked for longest.
      remembered.delete(hash);
      remembered.set(hash, found);
      return found.checked;
    },
    set(hash, checked, tokens) {
      total += tokens - (remembered.get(hash)?.tokens ?? 0);
      remembered.delete(hash);
      remembered.set(hash, { checked, tokens });
      for (const [oldest, { tokens: freed }] of remembered) {
        if (total <= maxTokens) return;
        remembered.delete(oldest);
        total -= freed;
      }
    },
  };
}
