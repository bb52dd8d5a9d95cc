import { describe, expect, it } from 'vitest';
import { createLaneWindow } from '../../../src/outbound/lane-window.ts';
import type { Lane } from '../../../src/outbound/lane-window.ts';
import type { OpenDelivery } from '../../../src/store/delivery-store.ts';

const DUE = new Date('2026-01-01T00:00:00Z');

function row(sequence: number, incidentId = 'i1', bodyBytes = 100): OpenDelivery {
  return {
    id: `d${sequence}`,
    eventId: `v${sequence}`,
    eventType: 'INCIDENT_CREATED',
    endpointId: 'e1',
    incidentId,
    sequence,
    previousSequence: null,
    priority: 0,
    bodyBytes,
    state: 'PENDING',
    dueAt: DUE,
    attemptCount: 0,
    createdAt: new Date(0),
  };
}

function open(limits: Partial<Parameters<typeof createLaneWindow>[0]> = {}) {
  return createLaneWindow({ maxRows: 10, maxBytes: 10_000, maxPerLane: 3, ...limits });
}

type Window = ReturnType<typeof open>;

/** Takes what comes next, which must be there. */
function take(window: Window): { lane: Lane; row: OpenDelivery } {
  const next = window.take();
  if (next === null) throw new Error('nothing is ready');
  return next;
}

describe('a lane', () => {
  it('is sent one by one from its lowest, and lanes take turns', () => {
    const window = open();
    window.enter('a', [row(1, 'a')], false);
    window.enter('b', [row(2, 'b')], false);
    expect(window.offer(row(3, 'a'))).toBe('TAKEN');
    const first = take(window);
    const second = take(window);
    expect([first.row.sequence, second.row.sequence]).toEqual([1, 2]);
    expect(window.take()).toBeNull();
    window.finished(first.lane);
    expect(take(window).row.sequence).toBe(3);
  });

  it('takes in no more than its share; the rest stays in the store until it asks', () => {
    const window = open();
    window.enter('i1', [row(1)], false);
    expect([2, 3, 4, 5].map((sequence) => window.offer(row(sequence)))).toEqual([
      'TAKEN',
      'TAKEN',
      'LEFT',
      'LEFT',
    ]);
    for (let sent = 0; sent < 3; sent++) window.finished(take(window).lane);
    const [hungry] = window.hungry;
    expect(hungry?.last).toBe(3);
    // Between what is in memory and what is offered there may be others.
    expect(window.offer(row(6))).toBe('LEFT');
    if (hungry) window.feed(hungry, [row(4), row(5)], false);
    expect(take(window).row.sequence).toBe(4);
  });

  it('knows what it had already', () => {
    const window = open();
    window.enter('i1', [row(4)], false);
    expect(window.offer(row(4))).toBe('KNOWN');
    expect(window.offer(row(3))).toBe('KNOWN');
  });

  it('whose head failed waits with all that is behind it, and is forgotten once that is recorded', () => {
    const window = open();
    window.enter('i1', [row(1)], false);
    window.offer(row(2));
    const { lane, row: head } = take(window);
    expect(window.failed(lane, DUE)).toEqual(['d2']);
    expect(window.offer(row(3))).toBe('WAITS');
    expect(window.hasReady()).toBe(false);
    expect(window.size()).toBe(0);
    window.recorded(lane, head.id);
    expect(window.lanes.size).toBe(0);
    expect(window.offer(row(3))).toBe('NEW_LANE');
  });

  it('stays until its results are recorded, so that nothing is taken for open that is not', () => {
    const window = open();
    window.enter('i1', [row(1)], false);
    const { lane, row: sent } = take(window);
    window.finished(lane);
    expect(window.offer(row(1))).toBe('KNOWN');
    expect([...window.busy]).toEqual(['d1']);
    window.recorded(lane, sent.id);
    expect(window.lanes.size).toBe(0);
    expect(window.busy.size).toBe(0);
  });

  it('goes first again where its delivery was not sent after all', () => {
    const window = open();
    window.enter('i1', [row(1)], false);
    window.offer(row(2));
    window.putBack(take(window).lane);
    expect(take(window).row.sequence).toBe(1);
    expect(window.size()).toBe(2);
  });
});

describe('a read that is out of date', () => {
  it('brings back nothing that was recorded since it began', () => {
    const window = open();
    window.enter('i1', [row(1)], false);
    const { lane, row: sent } = take(window);
    window.finished(lane);
    window.beginRead();
    window.recorded(lane, sent.id);
    expect(window.offer(row(1))).toBe('KNOWN');
    expect(window.offer(row(2))).toBe('NEW_LANE');
    window.enter('i1', [row(1), row(2)], false);
    window.endRead();
    expect(take(window).row.sequence).toBe(2);
  });

  it('cannot tell how a lane goes on that began to wait since', () => {
    const window = open();
    window.enter('i1', [row(1)], false);
    const { lane, row: sent } = take(window);
    window.failed(lane, DUE);
    window.beginRead();
    window.recorded(lane, sent.id);
    expect(window.isForgotten('i1')).toBe(true);
    expect(window.offer(row(2))).toBe('UNDECIDED');
    window.endRead();
    expect(window.offer(row(2))).toBe('NEW_LANE');
  });
});

describe('the window', () => {
  it('is full by rows or by bytes', () => {
    const byRows = open({ maxRows: 2 });
    byRows.enter('a', [row(1, 'a')], false);
    expect(byRows.hasRoom()).toBe(true);
    byRows.enter('b', [row(2, 'b')], false);
    expect(byRows.hasRoom()).toBe(false);
    const byBytes = open({ maxBytes: 500 });
    byBytes.enter('a', [row(1, 'a', 500)], false);
    expect(byBytes.hasRoom()).toBe(false);
    byBytes.finished(take(byBytes).lane);
    expect(byBytes.hasRoom()).toBe(true);
  });

  it('drops all but what is being sent', () => {
    const window = open();
    window.enter('a', [row(1, 'a')], false);
    window.offer(row(3, 'a'));
    window.enter('b', [row(2, 'b')], true);
    const { lane, row: sent } = take(window);
    window.drop();
    expect(window.size()).toBe(1);
    expect(window.take()).toBeNull();
    expect(window.hungry.size).toBe(0);
    window.finished(lane);
    window.recorded(lane, sent.id);
    expect(window.lanes.size).toBe(0);
  });

  it('that was dropped gets back what was not sent, in order, also of a lane that was being sent', () => {
    const window = open();
    window.enter('a', [row(1, 'a'), row(2, 'a')], false);
    const { lane, row: sent } = take(window);
    window.drop();
    window.drop(true);
    expect(window.offer(row(1, 'a'))).toBe('KNOWN');
    expect(window.offer(row(3, 'a'))).toBe('LEFT');
    window.finished(lane);
    window.recorded(lane, sent.id);
    expect([...window.hungry].map(({ last }) => last)).toEqual([1]);
    window.feed(lane, [row(2, 'a'), row(3, 'a')], false);
    expect(take(window).row.sequence).toBe(2);
  });
});

describe('the most urgent lanes', () => {
  it('go first, whatever came first; those alike take turns', () => {
    const window = open();
    window.enter('info', [{ ...row(1, 'info'), priority: 4 }], false);
    window.enter('high', [{ ...row(2, 'high'), priority: 1 }], false);
    window.enter('other', [{ ...row(3, 'other'), priority: 1 }], false);
    window.enter('critical', [{ ...row(4, 'critical'), priority: 0 }], false);
    expect(window.upcoming(3).map(({ sequence }) => sequence)).toEqual([4, 2, 3]);
    expect([1, 2, 3, 4].map(() => take(window).row.sequence)).toEqual([4, 2, 3, 1]);
  });

  it('are those with something urgent behind what comes first in them', () => {
    const window = open();
    window.enter('a', [{ ...row(1, 'a'), priority: 4 }], false);
    window.enter('b', [{ ...row(2, 'b'), priority: 4 }], false);
    window.offer({ ...row(3, 'b'), priority: 0 });
    expect(take(window).row.sequence).toBe(2);
  });
});

describe('a delivery that is not surely the next of its lane', () => {
  it('stays in the store, which the lane asks for it and those before it', () => {
    const window = open();
    window.enter('i1', [row(1)], false);
    expect(window.offer(row(3), false)).toBe('LEFT');
    window.finished(take(window).lane);
    const [hungry] = window.hungry;
    if (hungry) window.feed(hungry, [row(2), row(3)], false);
    expect(take(window).row.sequence).toBe(2);
  });
});

describe('a delivery that is to be sent again', () => {
  it('goes next, though its lane has passed it, and is told from those that are on their way', () => {
    const window = open();
    window.enter('i1', [row(5), row(6)], false);
    const { lane } = take(window);
    expect([5, 6, 4].map((sequence) => window.isStray(lane, row(sequence)))).toEqual([false, false, true]);
    window.interject(lane, row(4));
    expect(window.isStray(lane, row(4))).toBe(false);
    window.putBack(lane);
    expect(
      [4, 5, 6].map(() => {
        const next = take(window);
        window.finished(next.lane);
        return next.row.sequence;
      }),
    ).toEqual([4, 5, 6]);
  });

  it('is not one whose result was stored while it was read', () => {
    const window = open();
    window.enter('i1', [row(5), row(6)], false);
    const { lane } = take(window);
    window.finished(lane);
    window.beginRead();
    window.recorded(lane, 'd5');
    expect(window.isStray(lane, row(5))).toBe(false);
    window.endRead();
    expect(window.isStray(lane, row(5))).toBe(true);
  });
});

describe('a lane that is held', () => {
  it('sends what it has, and asks for more only when it is let go', () => {
    const window = open();
    const lane = window.enter('i1', [row(1)], true);
    if (lane === null) throw new Error('it did not enter');
    window.hold(lane);
    window.finished(take(window).lane);
    window.recorded(lane, 'd1');
    expect([...window.hungry]).toEqual([]);
    expect(window.lanes.has('i1')).toBe(true);
    window.release(lane);
    expect([...window.hungry]).toEqual([lane]);
  });

  it('stays until what is recorded of it is stored, though all else is dropped', () => {
    const window = open();
    const lane = window.enter('i1', [row(1)], true);
    if (lane === null) throw new Error('it did not enter');
    window.hold(lane);
    window.expectRecord(lane);
    window.drop(true);
    expect(window.lanes.get('i1')).toBe(lane);
    window.recorded(lane);
    window.release(lane);
    expect([...window.hungry]).toEqual([lane]);
  });
});
