import { expect, test } from 'vitest';
import { createBodyBudget } from '../../../src/http/body-budget.ts';

test('bodies are taken in while there is room, and again once others are done with', () => {
  const budget = createBodyBudget({ maxBytes: 10 });
  const [first, second] = [budget.open(), budget.open()];
  expect([first.take(6), second.take(5), second.take(4)]).toEqual([true, false, true]);
  first.close();
  const third = budget.open();
  expect([third.take(7), third.take(6)]).toEqual([false, true]);
  third.close();
  third.close();
  expect([third.take(7), third.take(6)]).toEqual([false, true]);
});

test('one that is long in arriving makes room for those that need it, the oldest first', () => {
  const budget = createBodyBudget({ maxBytes: 10, patienceMs: 0 });
  const gaveUp: string[] = [];
  const arriving = (name: string, bytes: number) => {
    const share = budget.open();
    share.arriving(() => gaveUp.push(name));
    expect(share.take(bytes)).toBe(true);
    return share;
  };
  arriving('first', 4);
  arriving('second', 4);
  const third = arriving('third', 5);
  expect(gaveUp).toEqual(['first']);
  arriving('fourth', 5);
  expect(gaveUp).toEqual(['first', 'second']);
  expect(third.take(5)).toBe(true);
  expect(gaveUp).toEqual(['first', 'second', 'fourth']);
});

test('one that is here whole, or not yet long in arriving, is not given up', () => {
  const budget = createBodyBudget({ maxBytes: 10, patienceMs: 60_000 });
  const young = budget.open();
  young.arriving(() => expect.unreachable());
  expect(young.take(5)).toBe(true);
  expect(budget.open().take(6)).toBe(false);

  const impatient = createBodyBudget({ maxBytes: 10, patienceMs: 0 });
  const whole = impatient.open();
  whole.arriving(() => expect.unreachable());
  expect(whole.take(8)).toBe(true);
  whole.arrived();
  const other = impatient.open();
  other.arriving(() => expect.unreachable());
  expect([other.take(3), other.take(2)]).toEqual([false, true]);
});
