import { describe, expect, it } from 'vitest';
import { createIntakeBench } from '../../support/intake-bench.ts';
import { bodyOf, fixturesOf, requestOf } from '../../support/inbound-fixture.ts';
import type { InboundFixture } from '../../support/inbound-fixture.ts';

const REFUSED_WITH = new Map([
  ['generic-missing-title', 422],
  ['generic-wrong-types', 422],
  ['generic-description-over-1-mib', 413],
]);

const fixtures = fixturesOf('github', 'pagerduty', 'generic');

async function deliver(fixture: InboundFixture, over: Partial<ReturnType<typeof requestOf>> = {}) {
  const secrets = fixture.secret === null ? {} : { [fixture.provider]: fixture.secret };
  const bench = createIntakeBench({ secrets });
  const reply = await bench.receive({ ...requestOf(fixture), ...over });
  return { reply, submission: bench.last(), bench };
}

it('has fixtures to check', () => {
  expect(fixtures.length).toBeGreaterThan(38);
});

describe.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('%s', (name, fixture) => {
  const { outcome } = fixture.expect;

  it(`comes to ${outcome}`, async () => {
    const { reply, submission } = await deliver(fixture);
    expect({ ...submission.verdict, reply }).toMatchObject({ outcome });
    expect(reply.status).toBe(REFUSED_WITH.get(name) ?? (outcome === 'APPLIED' ? 200 : 202));
    if (outcome === 'REJECTED') expect(reply.body).toMatchObject({ status: 'error' });
  });

  it('names the key, the severity and the kind that is expected', async () => {
    const { submission } = await deliver(fixture);
    if (submission.verdict.outcome !== 'APPLIED') return;
    const { signals, deployments } = submission.verdict;
    const { externalKey, severity } = fixture.expect;
    for (const signal of signals) {
      if (externalKey === null) expect(signal.key).toMatchObject({ synthetic: true, reuse: 'ONCE' });
      else expect(signal.key).toMatchObject({ externalKey, synthetic: false });
      const said = signal.fields.severity;
      if (said !== undefined) expect(said.toLowerCase()).toBe(severity);
    }
    if (fixture.provider === 'github') expect(deployments[0]?.naturalKey).toContain(externalKey);
  });

  it('is refused with 401 when one byte was changed, or a BOM put before it, where it is signed', async () => {
    const isSigned = Object.keys(fixture.headers).some((header) =>
      header.toLowerCase().includes('signature'),
    );
    if (!isSigned) return;
    const tampered = bodyOf(fixture);
    tampered.writeUInt8(tampered.readUInt8(20) ^ 1, 20);
    const marked = Buffer.concat([Buffer.from('\ufeff'), bodyOf(fixture)]);
    for (const body of [tampered, marked]) {
      const { reply, submission } = await deliver(fixture, { body });
      expect(reply.status).toBe(401);
      expect(submission).toMatchObject({ verdict: { outcome: 'REJECTED' }, dedupKey: null });
    }
  });

  it('is refused with 401 when what proves its sender is missing, and kept with its first kilobyte', async () => {
    if (fixture.secret === null || name === 'generic-description-over-1-mib') return;
    const { reply, submission } = await deliver(fixture, { headers: {} });
    expect(reply.status).toBe(401);
    expect(submission.verdict.outcome).toBe('REJECTED');
    expect(submission.body.length).toBeLessThanOrEqual(1024);
    expect(submission.receipt.bodySize).toBe(bodyOf(fixture).length);
    expect(submission.receipt.verifiedWith).toBeNull();
  });
});
