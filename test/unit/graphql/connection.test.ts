import { expect, test, vi } from 'vitest';
import { toConnection } from '../../../src/graphql/paging/connection.ts';

const query = { size: 1, backward: false, after: null, before: null };
const listing = { order: 'x', keyOf: ({ id }: { id: string }) => ({ id, value: 0 }) };

test('a list is counted only where its count is asked for, and is null where nobody can count it', async () => {
  const count = vi.fn(() => Promise.resolve(3));
  const connection = toConnection({ items: [], more: false, count }, query, listing);
  expect(connection.pageInfo.hasNextPage).toBe(false);
  expect(count).not.toHaveBeenCalled();
  expect(await connection.totalCount()).toBe(3);
  expect(await toConnection({ items: [], more: false }, query, listing).totalCount()).toBeNull();
});
