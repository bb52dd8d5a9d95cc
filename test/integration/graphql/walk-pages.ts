import { expect } from 'vitest';

export interface Page {
  nodes: { id: string }[];
  edges: { cursor: string; node: { id: string } }[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
}

export type Ask = (args: Record<string, unknown>) => Promise<Page>;

/** Walks a list to its end in either direction, page by page, and gives back the ids in the list's order. */
export async function walk(ask: Ask, size: number, backward: boolean): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  for (;;) {
    const page: Page = await ask(backward ? { last: size, before: cursor } : { first: size, after: cursor });
    expect(page.edges.map(({ node }) => node.id)).toEqual(page.nodes.map(({ id }) => id));
    expect(page.nodes.length).toBeLessThanOrEqual(size);
    const found = page.nodes.map(({ id }) => id);
    ids.splice(backward ? 0 : ids.length, 0, ...found);
    expect(backward ? page.pageInfo.hasNextPage : page.pageInfo.hasPreviousPage).toBe(cursor !== null);
    if (!(backward ? page.pageInfo.hasPreviousPage : page.pageInfo.hasNextPage)) return ids;
    cursor = backward ? page.pageInfo.startCursor : page.pageInfo.endCursor;
    expect(page.nodes.length).toBe(size);
  }
}

export const PARTS =
  'nodes { id } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

export const at = (minute: number): Date => new Date(Date.UTC(2025, 11, 18, 12, minute));
