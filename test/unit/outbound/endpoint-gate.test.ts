import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { judgePush } from '../../../src/domain/delivery-outcome.ts';
import { newHealth } from '../../../src/domain/endpoint-health.ts';
import type { EndpointHealth } from '../../../src/domain/endpoint-health.ts';
import { createEndpointGates } from '../../../src/outbound/endpoint-gates.ts';
import type { EndpointGate } from '../../../src/outbound/endpoint-gate.ts';
import type { OwnedSlot } from '../../../src/outbound/owned-slot.ts';
import type { HealthRecord, RecordEntry } from '../../../src/outbound/recorder.ts';

const URL = 'https://hooks.example.com/x';
const OTHER_URL = 'https://hooks.example.com/y';
const start = new Date('2026-03-04T05:06:07Z');

/** What is asked for in this tick is loaded, or was. */
const loaded = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

function open(stored: EndpointHealth[] = [], byIds?: () => Promise<Map<string, EndpointHealth>>) {
  let now = start;
  const queries: string[][] = [];
  const entries: RecordEntry[] = [];
  const lines: Record<string, unknown>[] = [];
  const renewed: string[] = [];
  const slot: OwnedSlot = {
    index: 0,
    lease: { name: 'slot:00', epoch: 1 },
    validUntil: Infinity,
    state: 'HELD',
  };
  let changes = 0;
  const openGate = createEndpointGates({
    healths: {
      byIds(ids) {
        queries.push([...ids]);
        return byIds?.() ?? Promise.resolve(new Map(stored.map((health) => [health.endpointId, health])));
      },
    },
    recorder: { add: (entry) => void entries.push(entry) },
    schedule: [0, 5, 30],
    clock: { now: () => now, monotonic: () => now.getTime() },
    random: () => 0,
    logger: pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line) as never) }),
    trouble: () => undefined,
    onHealthChanged: () => void changes++,
    onRenewed: (endpointId) => void renewed.push(endpointId),
  });
  return {
    gate: (url: string | null | undefined = URL, id = 'e1') => openGate(id, slot, url),
    slot,
    queries,
    entries,
    lines,
    renewed,
    changes: () => changes,
    later: (ms: number) => void (now = new Date(now.getTime() + ms)),
    now: () => now,
  };
}

function answer(gate: EndpointGate, status: number, at = start, time = gate.time()): HealthRecord | null {
  const judgement = judgePush({ kind: 'answered', status, body: '', retryAfter: null, durationMs: 5 }, at);
  const error = judgement.outcome === 'FAILED' ? judgement.error : null;
  const attempt = { deliveryId: 'd1', at, durationMs: 5, status, error };
  return gate.settle(time, { judgement, attempt })?.record ?? null;
}

const disabled: EndpointHealth = {
  ...newHealth('e1', URL, start),
  state: 'DISABLED',
  reason: 'answered 410',
  revision: 3,
};
const paused: EndpointHealth = {
  ...newHealth('e1', URL, start),
  state: 'THROTTLED',
  consecutiveFailures: 1,
  circuit: { openedAt: start, retryAt: new Date(start.getTime() + 60_000), probes: 0, asked: true },
  revision: 3,
};

describe('a gate', () => {
  it('lets nothing pass before the stored health is known, and asks for many in one query', async () => {
    const world = open([paused]);
    const [first, second] = [world.gate(), world.gate(URL, 'e2')];
    expect([first.mayStart(0), second.mayStart(0)]).toEqual([false, false]);
    await loaded();
    expect([first.mayStart(0), second.mayStart(0), second.mayStart(7)]).toEqual([false, true, true]);
    expect(world.queries).toEqual([['e1', 'e2']]);
  });

  it('stays shut while health cannot be read, and opens once it can', async () => {
    let isAway = true;
    const world = open([], () =>
      isAway ? Promise.reject(new Error('away')) : Promise.resolve(new Map<string, EndpointHealth>()),
    );
    const gate = world.gate();
    await loaded();
    expect(gate.mayStart(0)).toBe(false);
    isAway = false;
    await expect.poll(() => gate.mayStart(0), { timeout: 5000 }).toBe(true);
  });

  it('lets one probe pass once the wait is over, and none beside it', async () => {
    const world = open([paused]);
    const gate = world.gate();
    await loaded();
    world.later(59_999);
    expect(gate.mayStart(0)).toBe(false);
    world.later(1);
    expect([gate.mayStart(0), gate.mayStart(1)]).toEqual([true, false]);
  });

  it('takes what was under way when it shut for what it is, also where it comes after the probe', async () => {
    const world = open();
    const gate = world.gate();
    await loaded();
    const early = gate.time();
    answer(gate, 503);
    expect(answer(gate, 500, start, early)).toBeNull();
    world.later(5000);
    answer(gate, 200);
    expect(answer(gate, 500, start, early)).toBeNull();
    expect(gate.mayStart(5)).toBe(true);
  });

  it('forgets all where the endpoint leads elsewhere, results of the old url included', async () => {
    const world = open([paused]);
    const gate = world.gate();
    await loaded();
    const early = gate.time();
    gate.aim(OTHER_URL);
    expect(gate.mayStart(3)).toBe(true);
    expect(answer(gate, 410, start, early)).toBeNull();
    expect(world.renewed).toEqual(['e1']);
    expect(world.entries.map(({ health }) => health?.health)).toMatchObject([
      { state: 'HEALTHY', url: OTHER_URL, revision: 4, circuit: null },
    ]);
  });

  it('forgets all where the endpoint was switched off and on again', async () => {
    const world = open([paused]);
    const gate = world.gate();
    await loaded();
    gate.aim(undefined);
    gate.aim(URL);
    expect(gate.mayStart(0)).toBe(false);
    gate.aim(null);
    gate.aim(URL);
    expect(gate.mayStart(0)).toBe(true);
  });

  it('keeps a disabled endpoint shut by rows that may be older than that, until somebody enables it', async () => {
    const world = open();
    const gate = world.gate();
    await loaded();
    const record = answer(gate, 410);
    expect(record?.disable).toMatchObject({ id: 'e1', url: URL, reason: 'GONE' });
    for (let look = 0; look < 5; look++) gate.aim(URL);
    expect(gate.mayStart(0)).toBe(false);
    if (record) gate.recorded(record);
    gate.aim(URL);
    expect(gate.mayStart(0)).toBe(false);
    gate.aim(null);
    gate.aim(URL);
    expect(gate.mayStart(0)).toBe(true);
  });

  it('opens for one that was enabled so soon that nobody saw it disabled', async () => {
    const world = open([disabled]);
    const gate = world.gate();
    await loaded();
    gate.aim(URL);
    expect(gate.mayStart(0)).toBe(false);
    gate.aim(URL);
    expect(gate.mayStart(0)).toBe(true);
    expect(world.entries[0]?.health).toMatchObject({
      from: 'DISABLED',
      health: { state: 'HEALTHY', revision: 4 },
    });
  });

  it('says each change of health in one line, once it is stored', async () => {
    const world = open();
    const gate = world.gate();
    await loaded();
    const records = [500, 500, 500, 500, 500, 500, 200].map((status) => answer(gate, status));
    expect(world.lines).toEqual([]);
    for (const record of records) if (record) gate.recorded(record);
    expect(world.lines).toMatchObject([
      {
        msg: 'webhook endpoint health changed',
        endpointId: 'e1',
        from: 'HEALTHY',
        to: 'FAILING',
        why: 'answered 500',
        until: new Date(start.getTime() + 5000).toISOString(),
      },
      { from: 'FAILING', to: 'HEALTHY' },
    ]);
    expect(world.changes()).toBe(2);
    expect(JSON.stringify(world.lines)).not.toContain(URL);
  });
});
