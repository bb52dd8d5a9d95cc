import type { Connection } from 'mongoose';
import { beforeEach, describe, expect, test } from 'vitest';
import { createRegistry } from '../../../src/inbound/registry.ts';
import { allFixtures, bodyOf, readFixture } from '../../support/inbound-fixture.ts';
import type { InboundFixture } from '../../support/inbound-fixture.ts';
import { startIntakeServer } from '../../support/intake-server.ts';
import type { IntakeServer } from '../../support/intake-server.ts';
import { openTestDatabase } from '../../support/test-database.ts';

const providers = [...createRegistry().keys()];
const DRY = '?dry_run=1';

let connection: Connection;
let server: IntakeServer;
beforeEach(async () => {
  connection = await openTestDatabase();
  server = await startIntakeServer(connection);
});

const trust = ({ secret }: InboundFixture): void =>
  server.setSecrets(
    secret === null ? null : [{ id: null, value: secret, generation: 'CURRENT', until: null }],
  );

const send = (fixture: InboundFixture, { query = '', body = bodyOf(fixture) } = {}) =>
  server.post(fixture, { headers: fixture.headers, body, query });

/** All that is stored, in words. */
async function stored(): Promise<string> {
  const names = connection.modelNames().toSorted();
  const rows = await Promise.all(names.map((name) => connection.model(name).find().sort({ _id: 1 }).lean()));
  return JSON.stringify(names.map((name, index) => [name, rows[index]]));
}

interface Shown {
  status: string;
  would_answer: number;
  outcome: string;
  reason: string | null;
  warnings: string[];
  signals: { kind: string; external_key: string | null; occurred_at: string | null; fields: object }[];
  incidents: Record<string, unknown>[];
  deployments: Record<string, unknown>[];
}

/** Incidents as the dry run shows them, made of what is stored. */
async function incidentsNow(): Promise<Record<string, unknown>[]> {
  const iso = (time: Date | null): string | null => time?.toISOString() ?? null;
  return (await server.incidents()).map((incident) => ({
    title: incident.title,
    description: incident.description,
    severity: incident.severity.toLowerCase(),
    status: incident.status.toLowerCase(),
    source: incident.source,
    external_key: incident.externalKey,
    service: incident.service,
    url: incident.url,
    opened_at: iso(incident.openedAt),
    acknowledged_at: iso(incident.acknowledgedAt),
    resolved_at: iso(incident.resolvedAt),
    trigger_count: incident.triggerCount,
  }));
}

/** Without what is made up, and times that are those of the arrival. */
function comparable(incident: Record<string, unknown>, arrivals: readonly number[]): unknown {
  const { effect: _effect, id: _id, timeline_entries: _entries, events: _events, ...values } = incident;
  const near = (value: unknown): boolean =>
    typeof value === 'string' && arrivals.some((at) => Math.abs(Date.parse(value) - at) < 60_000);
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      name.endsWith('_at') && near(value) ? 'now' : value,
    ]),
  );
}

describe.each(providers)('a dry run of every webhook of %s', { timeout: 60_000 }, (provider) => {
  test('shows what the webhook then does, and stores nothing', async () => {
    for (const fixture of allFixtures().filter((one) => one.provider === provider)) {
      await server.clear();
      for (const name of fixture.after ?? []) {
        const earlier = readFixture(name);
        trust(earlier);
        await send(earlier);
      }
      trust(fixture);
      const before = await stored();
      const dry = await send(fixture, { query: DRY });
      expect(await stored(), fixture.name).toBe(before);
      const real = await send(fixture);
      if (real.status === 413) {
        expect(dry.status).toBe(413);
        continue;
      }
      const shown = dry.json as Shown;
      const receipt = (await server.receipts()).at(-1);
      expect({ status: dry.status, json: shown }, fixture.name).toMatchObject({
        status: 200,
        json: {
          status: 'dry_run',
          would_answer: real.status,
          outcome: receipt?.outcome.toLowerCase(),
          reason: receipt?.reason?.replace(/: confirmed$/, '') ?? null,
          warnings: receipt?.warnings,
        },
      });
      const arrivals = [Date.now(), ...(fixture.clock === undefined ? [] : [Date.parse(fixture.clock)])];
      const same = (all: Record<string, unknown>[]) => all.map((one) => comparable(one, arrivals));
      const touched = new Set(receipt?.incidentIds);
      expect(shown.incidents).toHaveLength(touched.size);
      const now = same(await incidentsNow());
      for (const one of same(shown.incidents)) expect(now, fixture.name).toContainEqual(one);
      expect(shown.deployments).toHaveLength(receipt?.deploymentIds.length ?? 0);
    }
  });
});

describe('a dry run', () => {
  const fixture = readFixture('generic-dedup-key');

  test('of a thousand webhooks leaves every collection as it was', { timeout: 60_000 }, async () => {
    await send(fixture);
    const before = await stored();
    const bodies = Array.from({ length: 1000 }, (_, n) =>
      Buffer.from(
        JSON.stringify({
          title: `t${n}`,
          dedup_key: `k${n % 10}`,
          status: n % 3 === 0 ? 'resolved' : 'triggered',
        }),
      ),
    );
    for (let at = 0; at < bodies.length; at += 50) {
      const answers = await Promise.all(
        bodies.slice(at, at + 50).map((body) => send(fixture, { query: DRY, body })),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    }
    expect(await stored()).toBe(before);
  });

  test('shows signals, entries and events, and whether an incident is new or changed', async () => {
    const body = (over: object) =>
      Buffer.from(JSON.stringify({ title: 'Full disk', dedup_key: 'k', ...over }));
    const first = (await send(fixture, { query: DRY, body: body({ severity: 'high' }) })).json as Shown;
    expect(first).toMatchObject({
      outcome: 'applied',
      duplicate_of: null,
      signals: [{ kind: 'trigger', external_key: 'k', fields: { title: 'Full disk', severity: 'high' } }],
      incidents: [
        {
          effect: 'created',
          id: null,
          status: 'open',
          severity: 'high',
          timeline_entries: [{ kind: 'opened' }],
          events: [{ event: 'incident.created' }],
        },
      ],
    });
    await send(fixture, { body: body({ severity: 'high' }) });
    const [incident] = await server.incidents();
    const second = await send(fixture, { query: '?dry_run', body: body({ status: 'resolved' }) });
    expect(second.json).toMatchObject({
      incidents: [
        {
          effect: 'changed',
          id: incident?.id,
          status: 'resolved',
          timeline_entries: [{ kind: 'resolved' }],
          events: [{ event: 'incident.updated', changes: { status: ['open', 'resolved'] } }],
        },
      ],
    });
    expect((await server.incidents())[0]?.status).toBe('OPEN');
  });

  test('burns no id, and tells of a repetition which webhook came first', async () => {
    const headers = { ...fixture.headers, 'Idempotency-Key': 'once' };
    const body = Buffer.from('{"title":"x"}');
    const post = (query: string) => server.post(fixture, { headers, body, query });
    await post(DRY);
    const real = await post('');
    expect(real.json).not.toHaveProperty('duplicate');
    const { receipt_id: receiptId, incident_id: incidentId } = real.json as Record<string, string>;
    expect((await post(DRY)).json).toMatchObject({
      outcome: 'duplicate',
      would_answer: 200,
      duplicate_of: receiptId,
      incidents: [{ effect: 'unchanged', id: incidentId, events: [] }],
    });
  });

  test('of a webhook that cannot be read, or is wrong, says how it would be refused', async () => {
    expect((await send(fixture, { query: DRY, body: Buffer.from('{') })).json).toMatchObject({
      status: 'dry_run',
      would_answer: 400,
      outcome: 'rejected',
      reason: expect.stringContaining('not JSON'),
      incidents: [],
    });
    expect((await send(fixture, { query: DRY, body: Buffer.from('{"title":5}') })).json).toMatchObject({
      would_answer: 422,
    });
  });

  test('is not shown to who cannot sign, and not even that leaves a receipt', async () => {
    server.setSecrets([{ id: null, value: 'another', generation: 'CURRENT', until: null }]);
    const answer = await send(fixture, { query: DRY });
    expect(answer.status).toBe(401);
    expect(Object.keys(answer.json as object)).toEqual(['status', 'errors']);
    const large = await send(fixture, { query: DRY, body: Buffer.alloc(2 * 1024 * 1024, ' ') });
    expect(large.status).toBe(413);
    expect(await server.receipts()).toEqual([]);
  });

  test.each(['?dry_run=0', '?dry_run=false', '?dryrun=1'])('is not asked for by %s', async (query) => {
    expect((await send(fixture, { query })).json).toMatchObject({ status: 'success' });
    expect(await server.receipts()).toHaveLength(1);
  });
});
