import { beforeEach, describe, expect, test } from 'vitest';
import { createRegistry } from '../../../src/inbound/registry.ts';
import type { SourceSecret } from '../../../src/inbound/source.ts';
import { allFixtures, bodyOf, readFixture } from '../../support/inbound-fixture.ts';
import type { InboundFixture } from '../../support/inbound-fixture.ts';
import { startIntakeServer } from '../../support/intake-server.ts';
import type { IntakeServer } from '../../support/intake-server.ts';
import { openTestDatabase } from '../../support/test-database.ts';

const registry = createRegistry();
const fixtures = allFixtures();
const BOM = Buffer.from('\ufeff');
/** What proves the sender, in any provider's way. */
const PROOF = /signature|authorization|x-webhook-secret/i;
const CONTENT_TYPES = [
  'application/octet-stream',
  'text/plain; charset=utf-16',
  'application/xml',
  'a/b; \u00fc',
];
const OVERSIZE = 'generic-description-over-1-mib';

interface Delivery {
  server: IntakeServer;
  fixture: InboundFixture;
}

const secretOf = ({ secret }: InboundFixture): SourceSecret[] | null =>
  secret === null ? null : [{ id: null, value: secret, generation: 'CURRENT', until: null }];
const named = (value: string, generation: SourceSecret['generation'], until: Date | null): SourceSecret => ({
  id: `id-of-${value}`,
  value,
  generation,
  until,
});

/** Whether the signature covers the bytes of the body. */
function isSigned({ headers, provider }: InboundFixture): boolean {
  return provider === 'sns' || Object.keys(headers).some((name) => /signature/i.test(name));
}

/** Posts what the fixture stands on, on an empty store, with the secrets that it wants. */
async function prepare({ server, fixture }: Delivery): Promise<void> {
  await server.clear();
  for (const name of fixture.after ?? []) {
    const earlier = readFixture(name);
    server.setSecrets(secretOf(earlier));
    await server.post(earlier, { headers: earlier.headers, body: bodyOf(earlier) });
  }
  server.setSecrets(secretOf(fixture));
}

const send = (
  { server, fixture }: Delivery,
  over: { headers?: Record<string, string>; body?: Buffer } = {},
) => server.post(fixture, { headers: fixture.headers, body: bodyOf(fixture), ...over });

/** What holds whatever was sent: one stored outcome for each request, nothing half written, nothing open twice. */
async function expectSound({ server, fixture }: Delivery, posts: number): Promise<void> {
  const receipts = await server.receipts();
  expect(receipts).toHaveLength((fixture.after?.length ?? 0) + posts);
  for (const { outcome, reason } of receipts) {
    expect(['APPLIED', 'IGNORED', 'DUPLICATE', 'REJECTED']).toContain(outcome);
    if (outcome === 'REJECTED') expect(reason).toMatch(/\w/);
  }
  expect(await server.faults()).toEqual([]);
}

async function expectRefused(
  delivery: Delivery,
  over: Parameters<typeof send>[1],
  status: number,
): Promise<void> {
  await prepare(delivery);
  const before = await delivery.server.incidents();
  const answer = await send(delivery, over);
  expect(answer.status).toBe(status);
  const receipt = (await delivery.server.receipts()).at(-1);
  expect(receipt).toMatchObject({ outcome: 'REJECTED', verifiedWith: null });
  expect(receipt).not.toHaveProperty('dedupKey');
  expect(await delivery.server.incidents()).toEqual(before);
  await expectSound(delivery, 1);
}

test('there are fixtures of every provider', () => {
  expect(new Set(fixtures.map(({ provider }) => provider))).toEqual(new Set(registry.keys()));
});

describe.each([...registry.keys()])('every fixture of %s', { timeout: 60_000 }, (provider) => {
  const own = fixtures.filter((fixture) => fixture.provider === provider);
  let server: IntakeServer;
  beforeEach(async () => {
    server = await startIntakeServer(await openTestDatabase());
  });

  const forEachFixture = async (
    check: (delivery: Delivery) => Promise<void>,
    where: (fixture: InboundFixture) => boolean = () => true,
  ): Promise<void> => {
    for (const fixture of own.filter(where)) {
      try {
        await check({ server, fixture });
      } catch (error) {
        throw new Error(`${fixture.name}: ${error instanceof Error ? error.message : String(error)}`, {
          cause: error,
        });
      }
    }
  };

  test('comes to what it says: outcome, keys, severity, status', async () => {
    await forEachFixture(async (delivery) => {
      const { outcome, externalKey, severity, status } = delivery.fixture.expect;
      await prepare(delivery);
      const answer = await send(delivery);
      expect(answer.status >= 200 && answer.status < 300).toBe(outcome !== 'REJECTED');
      expect((await server.receipts()).at(-1)?.outcome).toBe(outcome);
      const incidents = await server.incidents();
      const keys = [externalKey].flat();
      const severities = [severity].flat();
      for (const [index, wanted] of [status].flat().entries()) {
        if (wanted === null) continue;
        const key = keys[index] ?? null;
        const incident = incidents.find((one) =>
          key === null ? one.externalKey === null : one.externalKey?.includes(key),
        );
        expect(incident).toMatchObject({
          status: wanted.toUpperCase(),
          severity: severities[index]?.toUpperCase(),
        });
      }
      if (status === null) expect(incidents).toEqual([]);
      else expect(answer.text).toContain(incidents[0]?.id);
      const deployments = (await server.deployments()).map(({ naturalKey }) => naturalKey);
      const deploys = provider === 'github' && outcome === 'APPLIED';
      expect(deployments).toEqual(deploys ? [expect.stringContaining(String(externalKey))] : []);
      await expectSound(delivery, 1);
    });
  });

  test('is refused with 401 where its secret is another one', async () => {
    await forEachFixture(
      async (delivery) => {
        const { server: at, fixture } = delivery;
        await prepare(delivery);
        at.setSecrets([named('another', 'CURRENT', null)]);
        const answer = await send(delivery);
        expect(answer.status).toBe(401);
        expect((await at.receipts()).at(-1)).toMatchObject({ outcome: 'REJECTED', verifiedWith: null });
        await expectSound(delivery, 1);
        // Once the secret is right the same delivery is taken.
        at.setSecrets(secretOf(fixture));
        await send(delivery);
        expect((await at.receipts()).at(-1)?.outcome).toBe(fixture.expect.outcome);
      },
      ({ secret, name }) => secret !== null && name !== OVERSIZE,
    );
  });

  test('is refused with 401 without its proof', async () => {
    await forEachFixture(
      async (delivery) => {
        const headers = Object.fromEntries(
          Object.entries(delivery.fixture.headers).filter(([name]) => !PROOF.test(name)),
        );
        await expectRefused(delivery, { headers }, 401);
      },
      ({ secret, name }) => secret !== null && name !== OVERSIZE,
    );
  });

  test('is taken with the previous secret until that ends, and the receipt says so', async () => {
    await forEachFixture(
      async (delivery) => {
        const { server: at, fixture } = delivery;
        const previous = fixture.secret ?? '';
        const rotated = (until: Date): SourceSecret[] => [
          named('another', 'CURRENT', null),
          named(previous, 'PREVIOUS', until),
        ];
        await prepare(delivery);
        at.setSecrets(rotated(new Date('2999-01-01')));
        await send(delivery);
        const receipt = (await at.receipts()).at(-1);
        expect(receipt?.outcome).toBe(fixture.expect.outcome);
        expect(receipt?.verifiedWith).toMatch(/with secret id-of-fixture-secret \(previous secret\)$/);
        await expectSound(delivery, 1);
        at.setSecrets(rotated(new Date('2000-01-01')));
        expect((await send(delivery)).status).toBe(401);
      },
      ({ secret, name }) => secret !== null && name !== OVERSIZE,
    );
  });

  test('with one byte changed, or a BOM before it, is refused with 401 where the bytes are signed', async () => {
    await forEachFixture(
      async (delivery) => {
        // Within a time, which for SNS is among the fields that are signed.
        const tampered = bodyOf(delivery.fixture);
        const at = Math.max(tampered.indexOf('20'), 1);
        tampered.writeUInt8(tampered.readUInt8(at) ^ 1, at);
        const marked = Buffer.concat([BOM, bodyOf(delivery.fixture)]);
        const signed = isSigned(delivery.fixture);
        if (signed) await expectRefused(delivery, { body: tampered }, 401);
        if (signed && provider !== 'sns') return expectRefused(delivery, { body: marked }, 401);
        await prepare(delivery);
        await send(delivery, { body: marked });
        expect((await server.receipts()).at(-1)?.outcome).toBe(delivery.fixture.expect.outcome);
        await expectSound(delivery, 1);
      },
      ({ name }) => name !== OVERSIZE,
    );
  });

  test('sent again changes nothing, and is answered alike', async () => {
    await forEachFixture(async (delivery) => {
      await prepare(delivery);
      const first = await send(delivery);
      const before = await shown(server);
      const second = await send(delivery);
      expect(second.status).toBe(first.status);
      const again = (await server.receipts()).at(-1);
      if (again?.outcome === 'DUPLICATE')
        expect(second.json).toEqual({ ...(first.json as object), duplicate: true });
      if (again?.outcome === 'IGNORED') expect(again.reason).toMatch(/\w/);
      expect(await shown(server)).toEqual(before);
      await expectSound(delivery, 2);
    });
  });

  test('sent 20 times at once is taken once', async () => {
    await forEachFixture(
      async (delivery) => {
        await prepare(delivery);
        const answers = await Promise.all(Array.from({ length: 20 }, () => send(delivery)));
        const { outcome } = delivery.fixture.expect;
        expect(new Set(answers.map(({ status }) => status)).size).toBe(1);
        const outcomes = (await server.receipts()).slice(-20).map((receipt) => receipt.outcome);
        if (outcome === 'APPLIED') expect(outcomes.filter((one) => one === 'APPLIED')).toHaveLength(1);
        else expect(outcomes).not.toContain('APPLIED');
        await expectSound(delivery, 20);
      },
      ({ name }) => name !== OVERSIZE,
    );
  });

  test('cut off in the middle is refused, without effect', async () => {
    await forEachFixture(
      async (delivery) => {
        await prepare(delivery);
        const before = await server.incidents();
        const body = bodyOf(delivery.fixture);
        const answer = await send(delivery, { body: body.subarray(0, Math.floor(body.length / 2)) });
        expect([400, 401, 422]).toContain(answer.status);
        expect(await server.incidents()).toEqual(before);
        await expectSound(delivery, 1);
      },
      ({ name }) => name !== OVERSIZE,
    );
  });

  test('larger than its provider may send, or encoded, is refused unread, and kept as that', async () => {
    const limit = registry.get(provider)?.bodyLimit ?? 0;
    await forEachFixture(async (delivery) => {
      const { headers } = delivery.fixture;
      const announced = { ...headers, 'content-length': `${limit + 1}`, expect: '100-continue' };
      await expectRefused(delivery, { headers: announced, body: Buffer.alloc(0) }, 413);
      if (delivery.fixture.name === OVERSIZE) return;
      await expectRefused(delivery, { headers: { ...headers, 'Content-Encoding': 'gzip' } }, 415);
    });
  });

  test('under another content type has one outcome and no 5xx', async () => {
    await forEachFixture(
      async (delivery) => {
        for (const contentType of CONTENT_TYPES) {
          await prepare(delivery);
          const headers = { ...delivery.fixture.headers, 'Content-Type': contentType };
          expect((await send(delivery, { headers })).status).toBeLessThan(500);
          await expectSound(delivery, 1);
        }
      },
      ({ name }) => name !== OVERSIZE,
    );
  });
});

/** All that a reader sees, but that a trigger came again. */
async function shown(server: IntakeServer) {
  const incidents = await server.incidents();
  const steady = incidents.map((incident) => ({ ...incident, triggerCount: 0, lastSeenAt: null }));
  return [steady, await server.timeline(), await server.deployments()];
}
