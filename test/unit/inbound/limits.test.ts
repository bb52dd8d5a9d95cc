import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createSourceGate } from '../../../src/inbound/source-gate.ts';
import { createSources } from '../../../src/inbound/sources.ts';
import { createRegistry } from '../../../src/inbound/registry.ts';
import { createTokenBuckets } from '../../../src/inbound/token-buckets.ts';
import { createUnkeptLog } from '../../../src/inbound/unkept-log.ts';
import { createIntakeBench } from '../../support/intake-bench.ts';
import type { IntakeBenchOptions } from '../../support/intake-bench.ts';

function fakeClock() {
  let now = 1000;
  return {
    clock: { monotonic: () => now },
    pass(seconds: number): void {
      now += seconds * 1000;
    },
  };
}

describe('a token bucket', () => {
  it('lets a burst pass, then as many as its rate fills', () => {
    const { clock, pass } = fakeClock();
    const buckets = createTokenBuckets(clock);
    const rate = { perSecond: 2, burst: 3 };
    const passing = (): boolean => {
      if (buckets.secondsToWait('a', rate) > 0) return false;
      buckets.take('a', rate);
      return true;
    };
    expect([passing(), passing(), passing(), passing()]).toEqual([true, true, true, false]);
    expect(buckets.secondsToWait('a', rate)).toBeCloseTo(0.5);
    expect(buckets.secondsToWait('b', rate)).toBe(0);
    pass(0.5);
    expect([passing(), passing()]).toEqual([true, false]);
    pass(3600);
    expect([passing(), passing(), passing(), passing()]).toEqual([true, true, true, false]);
  });

  it('lets pass in no stretch of time more than its burst and its rate, and whoever waits as told passes', () => {
    const times = fc.array(fc.double({ min: 0, max: 2, noNaN: true }), { maxLength: 200 });
    const rates = fc.record({
      perSecond: fc.double({ min: 0.01, max: 50, noNaN: true }),
      burst: fc.integer({ min: 1, max: 20 }),
    });
    fc.assert(
      fc.property(times, rates, (pauses, rate) => {
        const { clock, pass } = fakeClock();
        const buckets = createTokenBuckets(clock);
        const passedAt: number[] = [];
        for (const pause of pauses) {
          pass(pause);
          if (buckets.secondsToWait('a', rate) > 0) continue;
          buckets.take('a', rate);
          passedAt.push(clock.monotonic() / 1000);
        }
        for (const [first, from] of passedAt.entries()) {
          for (const [more, until] of passedAt.slice(first).entries()) {
            const allowed = rate.burst + (until - from) * rate.perSecond;
            expect(more + 1).toBeLessThanOrEqual(allowed + 1e-6);
          }
        }
        pass(buckets.secondsToWait('a', rate));
        expect(buckets.secondsToWait('a', rate)).toBe(0);
      }),
    );
  });

  it('is forgotten where there are very many, the one begun first', () => {
    const buckets = createTokenBuckets(fakeClock().clock);
    const rate = { perSecond: 1, burst: 1 };
    buckets.take('first', rate);
    for (let index = 0; index < 9_999; index += 1) buckets.take(`source-${index}`, rate);
    expect(buckets.secondsToWait('first', rate)).toBe(1);
    buckets.take('one more', rate);
    expect(buckets.secondsToWait('source-9998', rate)).toBe(1);
    expect(buckets.secondsToWait('first', rate)).toBe(0);
  });
});

describe('how much is taken of a source', () => {
  it('is what all have unless it has a rate of its own, and without limit where that is 0', () => {
    const burstOf = (ratePerSecond: number, own: number | null): number => {
      const gate = createSourceGate({ clock: fakeClock().clock, ratePerSecond });
      const source = { keyName: 'github', ratePerSecond: own };
      let taken = 0;
      while (taken < 100 && gate.secondsToWait(source) === 0) {
        gate.countVerified(source);
        taken += 1;
      }
      return taken;
    };
    expect([burstOf(5, null), burstOf(5, 10), burstOf(5, 0.01), burstOf(0, null), burstOf(0, 2)]).toEqual([
      10, 20, 1, 100, 4,
    ]);
  });
});

describe('webhooks that come too fast', () => {
  const body = Buffer.from('{"zen":"Design for failure."}');
  const signed = {
    'x-github-event': 'ping',
    'x-hub-signature-256': `sha256=${createHmac('sha256', 'right').update(body).digest('hex')}`,
  };
  const genuine = { provider: 'github', headers: signed, body };
  const strange = { provider: 'github', headers: { 'x-github-event': 'ping' }, body };

  function openBench(options: IntakeBenchOptions & { ratePerSecond?: number } = {}) {
    const { clock, pass } = fakeClock();
    const gate = createSourceGate({ clock, ratePerSecond: options.ratePerSecond ?? 0 });
    const counted: string[] = [];
    const unkept = { count: (source: string, why: string) => void counted.push(`${source} ${why}`) };
    const bench = createIntakeBench({ secrets: { github: 'right' }, limits: { gate, unkept }, ...options });
    const statuses = async (request: typeof genuine | typeof strange, times: number) => {
      const replies = [];
      for (let n = 0; n < times; n += 1) replies.push((await bench.receive(request)).status);
      return replies;
    };
    return { ...bench, statuses, pass, counted };
  }

  it('are refused without being looked at, leave no receipt and no line, and are taken again in time', async () => {
    const bench = openBench({ ratePerSecond: 1 });
    expect(await bench.statuses(genuine, 4)).toEqual([202, 202, 429, 429]);
    expect(bench.submissions).toHaveLength(2);
    expect(bench.lines).toHaveLength(2);
    expect(bench.counted).toEqual(['github TOO_FAST', 'github TOO_FAST']);
    bench.pass(1);
    expect(await bench.statuses(genuine, 2)).toEqual([202, 429]);
    const verify = vi.fn<() => never>();
    const github = createRegistry().get('github');
    if (github === undefined) throw new Error('no github');
    const registry = new Map([['github', { ...github, verify }]]);
    const unasked = createIntakeBench({
      registry,
      sources: createSources({ registry, secrets: { github: 'right' } }),
      limits: { gate: { secondsToWait: () => 1, countVerified: () => undefined, admitStranger: () => 0 } },
    });
    expect((await unasked.receive(genuine)).status).toBe(429);
    expect(verify).not.toHaveBeenCalled();
  });

  it('never are so because of strangers, who cost the source nothing', async () => {
    const bench = openBench({ ratePerSecond: 1 });
    expect(new Set(await bench.statuses(strange, 300))).toEqual(new Set([401]));
    expect(await bench.statuses(genuine, 3)).toEqual([202, 202, 429]);
  });

  it('are kept of strangers some hundreds, then one a second; whoever is verified is taken all along', async () => {
    const bench = openBench();
    expect(new Set(await bench.statuses(strange, 300))).toEqual(new Set([401]));
    expect(await bench.statuses(strange, 2)).toEqual([429, 429]);
    expect((await bench.receive(strange)).headers).toEqual({ 'Retry-After': '1' });
    expect(bench.submissions).toHaveLength(300);
    expect(bench.counted).toEqual(Array.from({ length: 3 }, () => 'github STRANGER'));
    expect(new Set(await bench.statuses(genuine, 50))).toEqual(new Set([202]));
    bench.pass(2);
    expect(await bench.statuses(strange, 3)).toEqual([401, 401, 429]);
  });

  it('or unread ones are kept as strangers are, and answered alike when they no longer are', async () => {
    const bench = openBench();
    const request = {
      provider: 'github',
      sourceName: null,
      token: null,
      headers: signed,
      query: new URLSearchParams(),
    };
    const refuse = () =>
      bench.intake.refuse(request, { status: 413, problem: { path: '', message: 'too large' } });
    expect(await refuse()).toEqual(expect.any(String));
    await bench.statuses(strange, 299);
    expect(await refuse()).toBeNull();
    expect(
      await bench.intake.refuse(
        { ...request, provider: 'nobody' },
        { status: 413, problem: { path: '', message: 'x' } },
      ),
    ).toBeNull();
    expect(bench.submissions).toHaveLength(300);
  });

  it('leave of a stranger a kilobyte of the body and two of the headers', async () => {
    const bench = openBench();
    const headers = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`x-${n}`, 'y'.repeat(100)]));
    await bench.receive({ ...strange, headers, body: Buffer.alloc(5000, 'z') });
    const { receipt, body: kept } = bench.last();
    expect(kept).toHaveLength(1024);
    expect(receipt.bodySize).toBe(5000);
    expect(Object.keys(receipt.headers).length).toBeGreaterThan(10);
    expect(JSON.stringify(receipt.headers).length).toBeLessThan(2500);
    await bench.receive({ ...genuine, headers: { ...headers, ...signed } });
    expect(Object.keys(bench.last().receipt.headers)).toHaveLength(102);
  });
});

describe('the log of what is not kept', () => {
  it('has one line a second, however many there are, and a last one at the end', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const lines: unknown[] = [];
    const log = createUnkeptLog({ logger: { warn: (fields: unknown) => void lines.push(fields) } as never });
    for (let n = 0; n < 1000; n += 1) log.count('github', 'TOO_FAST');
    for (let n = 0; n < 50; n += 1) log.count(`source-${n}`, 'STRANGER');
    expect(lines).toEqual([]);
    vi.advanceTimersByTime(1000);
    expect(lines).toMatchObject([
      { tooFast: 1000, strangers: 50, sources: expect.arrayContaining(['github', 'source-0']) },
    ]);
    expect((lines[0] as { sources: string[] }).sources).toHaveLength(20);
    vi.advanceTimersByTime(5000);
    log.count('github', 'TOO_FAST');
    log[Symbol.dispose]();
    log[Symbol.dispose]();
    expect(lines.slice(1)).toEqual([{ tooFast: 1, strangers: 0, sources: ['github'] }]);
  });
});
