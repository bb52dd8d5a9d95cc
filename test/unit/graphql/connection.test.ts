import { expect, test, vi } from 'vitest';
import { createRowBudget } from '../../../src/graphql/limits/row-budget.ts';
import { toConnection } from '../../../src/graphql/paging/connection.ts';

const query = { size: 1, backward: false, after: null, before: null };
const listing = { order: 'x', keyOf: ({ id }: { id: string }) => ({ id, value: 0 }) };

test('counting is charged to the operation, and not done once it is used up', async () => {
  const count = vi.fn(() => Promise.resolve(3));
  const connection = toConnection({ items: [], more: false, count }, query, listing);
  const rows = createRowBudget();
  expect(await connection.totalCount({}, { rows })).toBe(3);
  rows.spend(9_850);
  await expect(connection.totalCount({}, { rows })).rejects.toMatchObject({
    extensions: { code: 'TOO_COMPLEX' },
  });
  expect(count).toHaveBeenCalledTimes(1);
});
