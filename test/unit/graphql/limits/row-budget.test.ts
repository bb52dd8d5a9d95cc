import { expect, test } from 'vitest';
import { createRowBudget } from '../../../../src/graphql/limits/row-budget.ts';

test('lists without pages may hold 10,000 objects in all that an operation reads', () => {
  const { spend } = createRowBudget();
  spend(9_999);
  spend(1);
  const refusal = { code: 'TOO_COMPLEX', limit: 'cost', maximum: 10_000, actual: 10_001 };
  expect(() => spend(1)).toThrow(expect.objectContaining({ extensions: refusal }));
});
