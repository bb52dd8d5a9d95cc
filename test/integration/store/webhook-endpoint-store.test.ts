import mongoose from 'mongoose';
import type { Connection } from 'mongoose';
import { describe, expect, test } from 'vitest';
import { NO_SETTINGS } from '../../../src/domain/webhook-endpoint.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { createRunTransaction } from '../../../src/store/transaction.ts';
import { createWebhookEndpointStore } from '../../../src/store/webhook-endpoint-store.ts';
import type { WebhookEndpointStore } from '../../../src/store/webhook-endpoint-store.ts';
import { openTestDatabase } from '../../support/test-database.ts';

const { ObjectId, UUID } = mongoose.mongo;

const guideRow = {
  url: 'https://your-system.com/webhooks/opslens',
  secret: 'your-secret',
  events: 'incident.created,incident.updated',
  is_active: true,
};

const NOTHING_SET = {
  ...NO_SETTINGS,
  nextSecret: null,
  pausedAt: null,
  disabledAt: null,
  disabledReason: null,
};

async function open() {
  const connection = await openTestDatabase();
  return {
    connection,
    store: createWebhookEndpointStore(connection),
    write: (...rows: object[]) => rawRows(connection).insertMany(rows),
  };
}

async function pageOf(store: WebhookEndpointStore, size: number, afterId: string | null = null) {
  const after = afterId === null ? null : { id: afterId, value: 0 };
  return (await store.page({}, { size, backward: false, after, before: null })).items;
}

function rawRows(connection: Connection) {
  return connection.getClient().db(connection.name).collection('webhook_endpoints');
}

function ours(id = newId()) {
  return {
    id,
    url: 'https://example.com/hook',
    events: ['INCIDENT_CREATED'] as const,
    description: 'ours',
    isActive: true,
    secret: { form: 'SEALED', sealed: 'v1.k.i.c' } as const,
    createdAt: new Date('2026-01-02T03:04:05.678Z'),
  };
}

describe('rows written by hand', () => {
  test("the guide's columns alone make an active endpoint, found by the text of its ObjectId", async () => {
    const { store, write } = await open();
    const _id = new ObjectId();
    await write({ _id, ...guideRow });

    expect(await store.all()).toEqual([
      {
        id: _id.toHexString(),
        url: guideRow.url,
        events: ['INCIDENT_CREATED', 'INCIDENT_UPDATED'],
        description: null,
        isActive: true,
        state: 'ACTIVE',
        invalidReason: null,
        secret: { form: 'PLAIN', value: 'your-secret' },
        ...NOTHING_SET,
        createdAt: null,
        updatedAt: null,
      },
    ]);
    expect(await store.byId(_id.toHexString())).toMatchObject({ state: 'ACTIVE' });
    expect(await store.update(_id.toHexString(), { isActive: false, updatedAt: new Date() })).toMatchObject({
      state: 'INACTIVE',
      secret: { form: 'PLAIN', value: 'your-secret' },
    });
    expect(await store.remove(_id.toHexString())).toMatchObject({ state: 'INACTIVE' });
    expect(await store.remove(_id.toHexString())).toBeNull();
    expect(await store.all()).toEqual([]);
  });

  test('the strangest row spoils neither the list nor the others', async () => {
    const { store, write } = await open();
    const good = new ObjectId();
    await write(
      { _id: good, ...guideRow },
      {},
      { _id: { a: 1 }, ...guideRow },
      { _id: 7, ...guideRow },
      { _id: '7', ...guideRow },
      { _id: new UUID(), ...guideRow },
      { _id: 'with blank', ...guideRow },
      { ...guideRow, url: 5, secret: { $gt: '' }, events: [{ x: 1 }], is_active: 'perhaps', extra: [1] },
      { ...guideRow, url: new Date(), events: null, secret: [] },
    );
    const all = await store.all();
    const states = new Map(all.map((endpoint, index) => [`${index}:${endpoint.id}`, endpoint.state]));
    expect([...states.values()].filter((state) => state === 'ACTIVE')).toHaveLength(3);
    expect(all.find(({ id }) => id === good.toHexString())?.state).toBe('ACTIVE');
    expect(all.filter(({ id }) => id === '7').map(({ state }) => state)).toEqual(['ACTIVE', 'INVALID']);
    for (const endpoint of all.filter(({ state }) => state === 'INVALID'))
      expect(endpoint.invalidReason).toBeTruthy();
    expect(await pageOf(store, 100)).toEqual(all);
  });

  test('an id from outside is compared as a value, never as an operator', async () => {
    const { store, write } = await open();
    await write({ ...guideRow });
    expect(await store.byId('{"$gt":""}')).toBeNull();
    expect(await store.byId('{"$regularExpression":{"pattern":".*","options":""}}')).toBeNull();
  });
});

describe('the thousand places', () => {
  test('rows beyond 1,000 are INVALID wherever they are shown, and the next registration is refused', async () => {
    const { store, write } = await open();
    const ids = Array.from({ length: 1002 }, () => new ObjectId());
    await write(...ids.map((_id) => ({ _id, ...guideRow })));

    const all = await store.all();
    expect(all).toHaveLength(1000);
    expect(all.every(({ state }) => state === 'ACTIVE')).toBe(true);
    expect(await store.byId(ids[999]?.toHexString() ?? '')).toMatchObject({ state: 'ACTIVE' });
    expect(await store.byId(ids[1000]?.toHexString() ?? '')).toMatchObject({
      state: 'INVALID',
      invalidReason: 'more than 1000 rows: this one is beyond',
    });
    expect(await store.insert(ours())).toBe('FULL');
    expect(await store.count()).toBe(1002);
  });

  test('of many registrations at once, only as many succeed as there are places', async () => {
    const { store, write } = await open();
    await write(...Array.from({ length: 997 }, () => ({ ...guideRow })));
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => store.insert(ours())));
    expect(outcomes.filter((outcome) => outcome === 'INSERTED')).toHaveLength(3);
    expect(await store.count()).toBe(1000);
  });
});

describe('registered endpoints', () => {
  test('come back as they were stored, also inside a transaction', async () => {
    const { connection, store } = await open();
    const endpoint = ours();
    expect(await store.insert(endpoint)).toBe('INSERTED');
    const stored = {
      ...endpoint,
      ...NOTHING_SET,
      state: 'ACTIVE',
      invalidReason: null,
      updatedAt: endpoint.createdAt,
    };
    expect(await store.byId(endpoint.id)).toEqual(stored);
    await createRunTransaction(connection)(async (tx) => {
      expect(await store.all(tx)).toEqual([stored]);
    });
    expect(await store.byIds([endpoint.id, 'nobody'])).toEqual(new Map([[endpoint.id, stored]]));
  });

  test('a new secret replaces the one that a person wrote, and the one that a rotation would bring', async () => {
    const { store, write } = await open();
    const rotating = { next_sealed_secret: 'v1.k.i.c3', overlap_until: new Date('2099-01-01') };
    await write({ _id: 'mine', ...guideRow, ...rotating });
    expect(await store.byId('mine')).toMatchObject({ nextSecret: { sealed: 'v1.k.i.c3' } });
    const secret = { form: 'SEALED', sealed: 'v1.k.i.c2' } as const;
    const updated = await store.update('mine', { secret, updatedAt: new Date() });
    expect(updated).toMatchObject({ secret, nextSecret: null });
  });

  test('pages follow on one another over all types of id, even when the last one seen is gone', async () => {
    const { store, write } = await open();
    await write({ _id: 3, ...guideRow }, { ...guideRow }, { ...guideRow });
    await store.insert(ours());
    await store.insert(ours());
    const all = await store.all();

    const walked: string[] = [];
    for (let after: string | null = null; ;) {
      const page: { id: string }[] = await pageOf(store, 2, after);
      if (page.length === 0) break;
      walked.push(...page.map(({ id }) => id));
      after = page.at(-1)?.id ?? null;
    }
    expect(walked).toEqual(all.map(({ id }) => id));

    const gone = all[1]?.id ?? '';
    await store.remove(gone);
    expect((await pageOf(store, 10, gone)).map(({ id }) => id)).toEqual(walked.slice(2));

    const key = (id: string) => ({ id, value: 0 });
    const backward = { size: 2, backward: true, after: null, before: null };
    const last = await store.page({}, backward);
    expect(last).toMatchObject({ more: true, items: walked.slice(-2).map((id) => ({ id })) });
    const before = await store.page({}, { ...backward, size: 9, before: key(walked.at(-2) ?? '') });
    expect(before.items.map(({ id }) => id)).toEqual(walked.slice(0, -2).filter((id) => id !== gone));
    const crossed = { size: 9, backward: false, after: key(walked[3] ?? ''), before: key(walked[2] ?? '') };
    expect(await store.page({}, crossed)).toMatchObject({ items: [], more: false });
  });
});
