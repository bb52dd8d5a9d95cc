import type { KeysetKey, Page, PageQuery } from '../../store/keyset-page.ts';
import { encodeCursor } from './cursor.ts';

export interface Connection<T> {
  readonly nodes: readonly T[];
  readonly edges: readonly { cursor: string; node: T }[];
  readonly pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
  /** Called by the default resolver, only where it is selected. Null where the list cannot be counted cheaply. */
  totalCount(): Promise<number | null>;
}

interface Listing<T> {
  /** Names the order in the cursors. */
  order: string;
  keyOf: (item: T) => KeysetKey;
}

/** A page as a Relay connection. What is not selected is not computed. */
export function toConnection<T>(
  { items, more, count }: Page<T>,
  query: PageQuery,
  { order, keyOf }: Listing<T>,
): Connection<T> {
  const cursorOf = (item: T): string => encodeCursor(order, keyOf(item));
  return {
    nodes: items,
    get edges() {
      return items.map((node) => ({ cursor: cursorOf(node), node }));
    },
    get pageInfo() {
      const [first, last] = [items[0], items.at(-1)];
      return {
        hasNextPage: query.backward ? query.before !== null : more,
        hasPreviousPage: query.backward ? more : query.after !== null,
        startCursor: first === undefined ? null : cursorOf(first),
        endCursor: last === undefined ? null : cursorOf(last),
      };
    },
    totalCount: () => (count === undefined ? Promise.resolve(null) : count()),
  };
}

export type { Listing };
