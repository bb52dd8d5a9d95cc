import { describe, expect, it } from 'vitest';
import type { Signal } from '../../src/domain/signal.ts';
import type { WebhookSubmission } from '../../src/domain/submission.ts';
import type { IntakeReply } from '../../src/inbound/intake.ts';
import type { Source } from '../../src/inbound/source.ts';
import { createIntakeBench } from './intake-bench.ts';
import { bodyOf, fixturesOf, settingsOf } from './inbound-fixture.ts';
import type { InboundFixture } from './inbound-fixture.ts';
import { onlySource, testSource } from './test-source.ts';

export interface Taken extends Pick<WebhookSubmission, 'verdict' | 'receipt' | 'dedupKey'> {
  reply: IntakeReply;
  /** Why it was ignored or refused; null where it was taken. */
  reason: string | null;
  signals: Signal[];
}

export interface TakeOptions {
  headers?: Record<string, string>;
  secret?: string | null;
  settings?: Record<string, string>;
  now?: Date;
}

/** What one webhook comes to, before any store. A body that is no text or bytes is sent as JSON. */
export async function takeWebhook(
  provider: string,
  body: unknown,
  {
    headers = {},
    secret = null,
    settings = {},
    now = new Date('2026-03-09T00:00:00.000Z'),
  }: TakeOptions = {},
): Promise<Taken> {
  const secrets: Source['secrets'] =
    secret === null ? null : [{ id: null, value: secret, generation: 'CURRENT', until: null }];
  const bench = createIntakeBench({
    now,
    sources: onlySource(testSource(provider, { secrets, settings })),
  });
  const reply = await bench.receive({
    provider,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  });
  const { verdict, receipt, dedupKey } = bench.last();
  return {
    reply,
    verdict,
    receipt,
    dedupKey,
    reason: 'reason' in verdict ? verdict.reason : null,
    signals: verdict.outcome === 'APPLIED' ? verdict.signals : [],
  };
}

/** The signals of a webhook that must have some. */
export async function signalsOf(provider: string, body: unknown, options?: TakeOptions): Promise<Signal[]> {
  const { signals, reason } = await takeWebhook(provider, body, options);
  if (signals.length === 0) throw new Error(`nothing was taken: ${reason}`);
  return signals;
}

/** The signal of a webhook that must have exactly one. */
export async function onlySignalOf(provider: string, body: unknown, options?: TakeOptions): Promise<Signal> {
  const [signal, ...others] = await signalsOf(provider, body, options);
  if (signal === undefined || others.length > 0) throw new Error('not exactly one signal');
  return signal;
}

/** A fixture as it is meant to be received: its secret, its setting, its time. */
export function takeFixture(
  fixture: InboundFixture,
  over: TakeOptions & { body?: Buffer } = {},
): Promise<Taken> {
  const { provider, headers, secret, clock } = fixture;
  return takeWebhook(provider, over.body ?? bodyOf(fixture), {
    headers,
    secret,
    settings: settingsOf(fixture),
    ...(clock !== undefined && { now: new Date(clock) }),
    ...over,
  });
}

const KINDS: Readonly<Record<string, Signal['kind']>> = { open: 'TRIGGER', resolved: 'RESOLVE' };

/** That a fixture, taken on an empty store, says what its file expects: one value for each item of the body. */
export function expectAsFixture(
  { expect: expected }: InboundFixture,
  { verdict, reply, signals }: Taken,
): void {
  expect({ outcome: verdict.outcome, status: reply.status }).toEqual({
    outcome: expected.outcome,
    status: expected.outcome === 'APPLIED' ? 200 : 202,
  });
  if (expected.status === null) return;
  const keys = [expected.externalKey].flat();
  const severities = [expected.severity].flat();
  expect(signals.map(({ kind }) => kind)).toEqual(
    [expected.status].flat().map((status) => KINDS[status ?? '']),
  );
  for (const [index, { key, fields }] of signals.entries()) {
    expect(key.externalKey).toContain(keys[index]);
    expect(key).toMatchObject({ synthetic: false, reuse: 'ONCE' });
    if (fields.severity !== undefined) expect(fields.severity.toLowerCase()).toBe(severities[index]);
  }
}

/** The tests of each fixture of a provider whose senders prove themselves by the shared secret. */
export function describeFixturesOf(provider: string): void {
  const named = fixturesOf(provider).map((fixture) => [fixture.name, fixture] as const);
  describe.each(named)('%s', (_name, fixture) => {
    it('comes to what it says', async () => {
      expectAsFixture(fixture, await takeFixture(fixture));
    });

    it('is refused without the secret', async () => {
      expect((await takeFixture(fixture, { headers: {} })).reply.status).toBe(401);
    });
  });
}
