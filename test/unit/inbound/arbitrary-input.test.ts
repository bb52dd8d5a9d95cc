import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IntakeRequest } from '../../../src/inbound/intake.ts';
import { createRegistry } from '../../../src/inbound/registry.ts';
import type { JsonValue } from '../../../src/kernel/canonical-json.ts';
import { createIntakeBench } from '../../support/intake-bench.ts';
import type { IntakeBench } from '../../support/intake-bench.ts';
import { allFixtures, bodyOf } from '../../support/inbound-fixture.ts';

const registry = createRegistry();
const PROVIDERS = [...registry.keys()];
const fixtures = allFixtures().filter(({ bodyRepeat }) => bodyRepeat === undefined);
const HEADERS = [...new Set(fixtures.flatMap(({ headers }) => Object.keys(headers)))].map((name) =>
  name.toLowerCase(),
);
/** What stands at every `SigningCertURL`. */
const CERTIFICATE = readFileSync(
  new URL('../../fixtures/keys/sns-fixture-cert.pem', import.meta.url),
  'utf8',
);
const HEADER_VALUES = [...new Set(fixtures.flatMap(({ headers }) => Object.values(headers)))];

/** Any JSON, strings with halves of surrogate pairs included, with keys that objects inherit. */
const anyJson = fc.oneof(
  fc.jsonValue({ stringUnit: 'binary', noUnicodeString: false } as Parameters<typeof fc.jsonValue>[0]),
  fc.constantFrom('__proto__', 'constructor', '\ud800', '\u0000', -0, 1e308, 2 ** 53, ''),
);

/** Real bodies in which one value after another is replaced, or taken out. */
const damagedFixture = fc
  .tuple(
    fc.constantFrom(...fixtures),
    fc.array(fc.tuple(fc.nat(), fc.option(anyJson, { nil: undefined })), { minLength: 1, maxLength: 4 }),
  )
  .map(([fixture, damages]) => {
    const text = bodyOf(fixture).toString();
    let payload: unknown = text.startsWith('payload=')
      ? { action: 'closed', pull_request: {} }
      : JSON.parse(text);
    for (const [place, value] of damages) payload = damage(payload, place, value);
    const headers = Object.fromEntries(
      Object.entries(fixture.headers).map(([name, header]) => [name.toLowerCase(), header]),
    );
    return { provider: fixture.provider, headers, body: Buffer.from(JSON.stringify(payload) ?? '') };
  });

/** Replaces the value that comes `place`-th when walking through, or removes it. */
function damage(payload: unknown, place: number, value: unknown): unknown {
  const slots: { holder: Record<string, unknown>; key: string }[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const holder = node as Record<string, unknown>;
    for (const key of Object.keys(holder)) {
      slots.push({ holder, key });
      walk(holder[key]);
    }
  };
  walk(payload);
  const slot = slots[place % Math.max(slots.length, 1)];
  if (slot === undefined) return value;
  if (value === undefined) delete slot.holder[slot.key];
  else slot.holder[slot.key] = value;
  return payload;
}

/** Every webhook is answered, is kept with one outcome, and names only ids that a key can hold. */
async function isTaken(bench: IntakeBench, request: Partial<IntakeRequest>): Promise<void> {
  const before = bench.submissions.length;
  const reply = await bench.receive(request);
  expect([200, 202, 400, 401, 413, 422]).toContain(reply.status);
  expect(bench.submissions.length).toBe(before + 1);
  const { verdict, dedupKey, receipt } = bench.last();
  expect(verdict.outcome === 'REJECTED').toBe(reply.status >= 400);
  if (verdict.outcome === 'REJECTED') expect(dedupKey).toBeNull();
  if (verdict.outcome === 'APPLIED') {
    expect(verdict.signals.length + verdict.deployments.length).toBeGreaterThan(0);
    for (const { key, tie, fields, occurredAt } of verdict.signals) {
      expect(key.externalKey).not.toBe('');
      expect(`${key.externalKey}${tie}${Object.values(fields).join('')}`).not.toMatch(/\p{Surrogate}/u);
      if (occurredAt !== null) expect(Number.isFinite(occurredAt.getTime())).toBe(true);
    }
    const opening = verdict.signals.filter(({ kind }) => kind === 'TRIGGER');
    for (const { fields } of opening) expect(fields.title).toMatch(/\S/);
  }
  const told = [receipt.deliveryId, 'reason' in verdict ? verdict.reason : '', ...receipt.warnings];
  expect(told.join('')).not.toMatch(/\p{Surrogate}/u);
  bench.submissions.length = 0;
  bench.lines.length = 0;
}

describe.each(PROVIDERS)('webhooks of %s', (provider) => {
  const bench = createIntakeBench();

  it('are answered below 500 whatever JSON they hold', async () => {
    await fc.assert(
      fc.asyncProperty(anyJson, async (json) => {
        await isTaken(bench, { provider, body: Buffer.from(JSON.stringify(json)) });
      }),
      { numRuns: 300 },
    );
  });

  it('are answered below 500 whatever bytes and headers they hold', async () => {
    const headers = fc.dictionary(
      fc.constantFrom(...HEADERS, 'authorization', 'idempotency-key', 'x-webhook-secret'),
      fc.oneof(fc.string(), fc.constantFrom(...HEADER_VALUES, 'Basic ====', 'v1=')),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }),
        headers,
        fc.boolean(),
        async (bytes, some, secret) => {
          const chosen = secret ? createIntakeBench({ secrets: { [provider]: 's' } }) : bench;
          await isTaken(chosen, { provider, body: Buffer.from(bytes), headers: some });
        },
      ),
      { numRuns: 300 },
    );
  });
});

it.each(PROVIDERS)('any JSON means something, or nothing, to %s once its sender is verified', (name) => {
  const provider = registry.get(name);
  const header = fc.dictionary(
    fc.constantFrom(...HEADERS),
    fc.oneof(fc.string(), fc.constantFrom(...HEADER_VALUES)),
  );
  fc.assert(
    fc.property(fc.oneof(anyJson, damagedFixture), header, (input, some) => {
      const damaged = typeof input === 'object' && input !== null && 'provider' in input;
      const body = damaged ? (input as { body: Buffer }).body : Buffer.from(JSON.stringify(input));
      const headers = damaged ? { ...(input as { headers: Record<string, string> }).headers, ...some } : some;
      const parsed = provider?.parse({ headers, body, verifiedWith: null, secretId: null });
      const payload: JsonValue = parsed?.readable === true ? parsed.payload : null;
      provider?.deliveryId(headers, payload);
      const meaning = provider?.interpret(payload, {
        source: name,
        settings: {},
        receiptId: 'r',
        receivedAt: new Date(),
        headers,
        newId: () => 'id',
      });
      expect(['MEANT', 'IGNORED', 'INVALID']).toContain(meaning?.kind);
    }),
    { numRuns: 1000 },
  );
});

it('real bodies with anything in place of anything are answered below 500', async () => {
  const bench = createIntakeBench({ fetchText: () => Promise.resolve(CERTIFICATE) });
  await fc.assert(
    fc.asyncProperty(damagedFixture, async (request) => {
      await isTaken(bench, request);
    }),
    { numRuns: 3000 },
  );
});
