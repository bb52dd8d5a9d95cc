import { validate, version } from 'uuid';
import { expect, test } from 'vitest';
import { leastIdAt, newId } from '../../../src/kernel/ids.ts';

test('ids are UUIDs of version 7 that differ and sort in the order they were made', () => {
  const ids = Array.from({ length: 5000 }, newId);
  expect(ids.every((id) => validate(id) && version(id) === 7)).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.toSorted()).toEqual(ids);
});

test('the least id at a time parts those born before it from the others', () => {
  const before = Date.now();
  const id = newId();
  const after = Date.now() + 1;
  expect(leastIdAt(new Date(before)) <= id).toBe(true);
  // An id takes the time of the one before it where the clock has not moved on.
  expect(leastIdAt(new Date(after + 60_000)) > id).toBe(true);
  expect(leastIdAt(new Date(0x0123_4567_89ab))).toBe('01234567-89ab');
  for (const time of [-8.64e15, 8.64e15])
    expect(leastIdAt(new Date(time))).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}$/);
});
