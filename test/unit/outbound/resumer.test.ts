import { expect, it } from 'vitest';
import type { OwnedSlot } from '../../../src/outbound/owned-slot.ts';
import type { RecordEntry } from '../../../src/outbound/recorder.ts';
import { createResumer } from '../../../src/outbound/resumer.ts';

const SLOT = { index: 0, lease: null as never, validUntil: Infinity, state: 'HELD' } satisfies OwnedSlot;
const at = (second: number): Date => new Date(second * 1000);

function resume(waiting: { id: string; dueAt: Date; triedAt: Date | null }[], busy: string[] = []) {
  const hurried: string[] = [];
  let ends = 0;
  const resumer = createResumer({
    endpointId: 'e1',
    slot: SLOT,
    busy: new Set(busy),
    deliveries: {
      waitingFrom: (_, from, limit) =>
        Promise.resolve(
          waiting.filter(({ id, dueAt }) => dueAt >= from && !hurried.includes(id)).slice(0, limit),
        ),
    },
    recorder: {
      add({ dueNow, onRecorded }: RecordEntry) {
        hurried.push(...(dueNow?.ids ?? []));
        onRecorded();
      },
    },
    onDone: () => ends++,
  });
  resumer.start(at(100), at(50));
  return { resumer, hurried, ends: () => ends };
}

it('once a circuit is closed, probes that failed and what waits behind others are due; who failed before keeps its schedule', async () => {
  const { resumer, hurried, ends } = resume(
    [
      { id: 'behind', dueAt: at(200), triedAt: null },
      { id: 'failed long before', dueAt: at(210), triedAt: at(10) },
      { id: 'opened it', dueAt: at(220), triedAt: at(50) },
      { id: 'probe', dueAt: at(230), triedAt: at(60) },
      { id: 'in flight', dueAt: at(240), triedAt: null },
    ],
    ['in flight'],
  );
  while (resumer.wantsRead()) await resumer.read();
  expect(hurried).toEqual(['behind', 'probe']);
  expect(ends()).toBe(1);
});

it('any number that keep their schedule are passed over', async () => {
  const kept = Array.from({ length: 1200 }, (_, index) => ({
    id: `kept${index}`,
    dueAt: at(200 + index),
    triedAt: at(10),
  }));
  const { resumer, hurried, ends } = resume([...kept, { id: 'probe', dueAt: at(5000), triedAt: at(60) }]);
  for (let read = 0; read < 10 && resumer.wantsRead(); read++) await resumer.read();
  expect(hurried).toEqual(['probe']);
  expect(ends()).toBe(1);
});
