import { validate, version } from 'uuid';
import { expect, test } from 'vitest';
import { newId } from '../../../src/kernel/ids.ts';

test('ids are UUIDs of version 7 that differ and sort in the order they were made', () => {
  const ids = Array.from({ length: 5000 }, newId);
  expect(ids.every((id) => validate(id) && version(id) === 7)).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.toSorted()).toEqual(ids);
});
