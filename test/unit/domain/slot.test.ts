import { expect, it } from 'vitest';
import { newId } from '../../../src/kernel/ids.ts';
import { SLOT_COUNT, fairShare, slotOf } from '../../../src/domain/slot.ts';

it('an endpoint keeps its slot over versions: processes of different versions share one database', () => {
  expect(['', 'e1', '0190a000-0000-7000-8000-000000000001'].map(slotOf)).toEqual([13, 13, 25]);
});

it.each([
  ['ids made by us', () => newId()],
  ['numbers counted up', (index: number) => String(index)],
  ['ObjectIds counted up', (index: number) => `65f0c0de0000000000${index.toString(16).padStart(6, '0')}`],
])('spreads %s evenly', (_name, idOf) => {
  const counts = Array.from({ length: SLOT_COUNT }, () => 0);
  for (let index = 0; index < 6400; index++) counts[slotOf(idOf(index))]! += 1;
  expect(Math.min(...counts)).toBeGreaterThan(50);
  expect(Math.max(...counts)).toBeLessThan(170);
});

it('the shares of all processes cover all slots', () => {
  for (let processes = 1; processes <= 100; processes++) {
    expect(fairShare(processes) * processes).toBeGreaterThanOrEqual(SLOT_COUNT);
    expect(fairShare(processes)).toBeGreaterThan(0);
  }
  expect([fairShare(0), fairShare(1), fairShare(2), fairShare(3)]).toEqual([64, 64, 32, 22]);
});
