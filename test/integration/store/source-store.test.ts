import { describe, expect, test } from 'vitest';
import type { StoredSource } from '../../../src/domain/source.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { ensureCollections } from '../../../src/store/ensure-collections.ts';
import { createSourceStore } from '../../../src/store/source-store.ts';
import type { SourceStore } from '../../../src/store/source-store.ts';
import { openTestDatabase } from '../../support/test-database.ts';

const AT = new Date('2026-01-02T03:04:05.678Z');

async function open() {
  const connection = await openTestDatabase();
  const store = createSourceStore(connection);
  await ensureCollections(connection);
  const raw = connection.getClient().db(connection.name).collection('sources');
  return { connection, store, raw };
}

function aSource(name: string, fields: Partial<StoredSource> = {}): StoredSource {
  return {
    managedBy: 'API',
    id: newId(),
    name,
    keyName: name,
    provider: 'github',
    description: null,
    enabled: true,
    settings: { 'odd.name$': 'value' },
    ratePerSecond: null,
    secrets: [
      { id: 'bbbb', sealed: 'v1.b', createdAt: AT, until: null, lastUsedAt: null },
      { id: 'aaaa', sealed: 'v1.a', createdAt: AT, until: AT, lastUsedAt: AT },
    ],
    createdAt: AT,
    updatedAt: AT,
    revision: 1,
    ...fields,
  };
}

async function pageOf(store: SourceStore, size: number, afterId?: string) {
  const after = afterId === undefined ? null : { id: afterId, value: 0 };
  return (await store.page({}, { size, backward: false, after, before: null })).items;
}

describe('a stored source', () => {
  test('comes back as it was stored, and page by page in the order of its registration', async () => {
    const { store } = await open();
    const sources = ['c', 'a', 'b'].map((name) => aSource(name, { description: name, ratePerSecond: 0.5 }));
    for (const source of sources) expect(await store.insert(source)).toBe('INSERTED');
    expect(await store.changedSince(new Map())).toEqual({ changed: sources, unchanged: [] });
    expect(await store.byId(sources[1]?.id ?? '')).toEqual(sources[1]);
    expect(await store.byId('{"$gt":""}')).toBeNull();

    const first = await pageOf(store, 2);
    expect(first).toEqual(sources.slice(0, 2));
    await store.remove(first[1]?.id ?? '');
    expect(await pageOf(store, 2, first[1]?.id)).toEqual(sources.slice(2));
    expect(await store.remove(first[1]?.id ?? '')).toBeNull();
  });

  test('is changed by one of those who change it at the same time; the others are told', async () => {
    const { store } = await open();
    const source = aSource('eu');
    await store.insert(source);
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, index) => store.replace(source, { ...source, description: `${index}` })),
    );
    const winner = outcomes.filter((outcome) => typeof outcome === 'object');
    expect(winner).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'CHANGED_MEANWHILE')).toHaveLength(7);
    expect(await store.byId(source.id)).toEqual(winner[0]);
    expect(winner[0]).toMatchObject({ revision: 2 });
    await store.remove(source.id);
    expect(await store.replace({ ...source, revision: 2 }, source)).toBe('CHANGED_MEANWHILE');
    expect(await pageOf(store, 10)).toEqual([]);
  });
});

test('is fetched again only where it is not known as it is', async () => {
  const { store } = await open();
  const [eu, us, asia] = [aSource('eu'), aSource('us'), aSource('asia')];
  for (const source of [eu, us, asia]) await store.insert(source);
  const known = new Map([eu, us, asia].map((source) => [source.id, source]));
  const changed = await store.replace(us, { ...us, enabled: false });
  await store.remove(asia.id);
  expect(await store.changedSince(known)).toEqual({ changed: [changed], unchanged: [eu.id] });
});

describe('a name', () => {
  test('belongs to one source, however many ask for it at once', async () => {
    const { store } = await open();
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => store.insert(aSource('eu'))));
    expect(outcomes.filter((outcome) => outcome === 'INSERTED')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'NAME_TAKEN')).toHaveLength(7);
    expect(await pageOf(store, 10)).toHaveLength(1);
  });

  test('stays with the source that was created with it, and is free once that is removed', async () => {
    const { store } = await open();
    const source = aSource('eu');
    await store.insert(source);
    const renamed = await store.replace(source, { ...source, name: 'us' });
    if (typeof renamed === 'string') throw new Error(renamed);

    expect(await store.insert(aSource('eu'))).toBe('NAME_TAKEN');
    expect(await store.insert(aSource('us'))).toBe('NAME_TAKEN');
    const other = aSource('asia');
    await store.insert(other);
    for (const name of ['eu', 'us'])
      expect(await store.replace(other, { ...other, name })).toBe('NAME_TAKEN');
    expect(await store.byId(other.id)).toEqual(other);

    expect(await store.replace(renamed, { ...renamed, name: 'eu' })).toMatchObject({
      name: 'eu',
      revision: 3,
    });
    expect(await store.insert(aSource('us'))).toBe('INSERTED');
    await store.remove(source.id);
    expect(await store.insert(aSource('eu'))).toBe('INSERTED');
  });
});

test('of many registrations at once, only as many succeed as there are places of a thousand', async () => {
  const { store, raw } = await open();
  await raw.insertMany(Array.from({ length: 997 }, (_, index) => ({ names: [`n${index}`], settings: [] })));
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, (_, index) => store.insert(aSource(`more-${index}`))),
  );
  expect(outcomes.filter((outcome) => outcome === 'INSERTED')).toHaveLength(3);
  expect(outcomes.filter((outcome) => outcome === 'FULL')).toHaveLength(5);
  expect(await raw.countDocuments()).toBe(1000);
});

describe('the last use of a secret', () => {
  const later = new Date(AT.getTime() + 1000);
  const lastUses = async (store: Awaited<ReturnType<typeof open>>['store'], id: string) =>
    (await store.byId(id))?.secrets.map(({ lastUsedAt }) => lastUsedAt);

  test('never goes back, whichever process is the last to tell, and touches no other secret', async () => {
    const { store } = await open();
    const [eu, us] = [aSource('eu'), aSource('us')];
    await store.insert(eu);
    await store.insert(us);
    await store.replace(eu, { ...eu, name: 'renamed' });
    await store.recordUses([{ keyName: 'eu', secretId: 'bbbb', at: later }]);
    await store.recordUses([
      { keyName: 'eu', secretId: 'bbbb', at: AT },
      { keyName: 'eu', secretId: 'gone', at: later },
      { keyName: 'renamed', secretId: 'aaaa', at: later },
      { keyName: 'nobody', secretId: 'aaaa', at: later },
    ]);
    await store.recordUses([]);
    expect(await lastUses(store, eu.id)).toEqual([later, AT]);
    expect(await lastUses(store, us.id)).toEqual([null, AT]);
    expect(await store.byId(eu.id)).toMatchObject({ updatedAt: AT });
  });

  test('is not lost to a change that was decided before it', async () => {
    const { store } = await open();
    const source = aSource('eu');
    await store.insert(source);
    await store.recordUses([{ keyName: 'eu', secretId: 'bbbb', at: later }]);
    expect(await store.replace(source, { ...source, description: 'x' })).toBe('CHANGED_MEANWHILE');
    expect(await lastUses(store, source.id)).toEqual([later, AT]);
  });
});
