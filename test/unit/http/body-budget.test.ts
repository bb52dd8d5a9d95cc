import { expect, test } from 'vitest';
import { createBodyBudget } from '../../../src/http/body-budget.ts';

test('bodies are taken in while there is room, and again once others are done with', () => {
  const budget = createBodyBudget(10);
  expect([budget.take(6), budget.take(5), budget.take(4)]).toEqual([true, false, true]);
  budget.giveBack(6);
  expect([budget.take(7), budget.take(6)]).toEqual([false, true]);
});
