import { setImmediate } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startStoredKeys } from '../../../src/access/stored-keys.ts';
import { apiKeyDigest, makeApiKeyText } from '../../../src/domain/api-key-text.ts';
import type { ApiKey } from '../../../src/domain/api-key.ts';
import { DatabaseAwayError } from '../../../src/domain/commit-errors.ts';
import { UnavailableError } from '../../../src/domain/submission.ts';
import { eventually } from '../../support/eventually.ts';

/** Keys over a database in memory that counts its queries, can be away, and has a clock that is set by hand. */
function world() {
  const rows = new Map<string, ApiKey>();
  const time = { ms: 1_000_000 };
  const queries: string[][] = [];
  const uses: { keyId: string; at: Date }[] = [];
  const database = { away: false, gate: Promise.resolve() };
  const warnings: string[] = [];
  const answer = async <T>(asked: readonly string[], result: () => T): Promise<T> => {
    queries.push([...asked]);
    await database.gate;
    if (database.away) throw new DatabaseAwayError('away');
    return result();
  };
  const keys = startStoredKeys({
    store: {
      byDigests: (digests) =>
        answer(digests, () => new Map([...rows].filter(([digest]) => digests.includes(digest)))),
      byIds: (ids) =>
        answer(
          ids,
          () => new Map([...rows.values()].filter(({ id }) => ids.includes(id)).map((key) => [key.id, key])),
        ),
      recordUses: (list) => Promise.resolve(void uses.push(...list)),
    },
    clock: { now: () => new Date(time.ms), monotonic: () => time.ms },
    logger: { warn: ((_fields: object, message: string) => warnings.push(message)) as never },
  });
  onTestFinished(() => keys[Symbol.asyncDispose]());

  return {
    keys,
    queries,
    uses,
    time,
    database,
    warnings,
    make(over: Partial<ApiKey> = {}): string {
      const text = makeApiKeyText();
      rows.set(apiKeyDigest(text), { ...KEY, ...over });
      return text;
    },
    change(text: string, over: Partial<ApiKey>): void {
      rows.set(apiKeyDigest(text), { ...KEY, ...rows.get(apiKeyDigest(text)), ...over });
    },
  };
}

const KEY: ApiKey = {
  id: 'key-1',
  name: 'a dashboard',
  hint: 'opl_live_abcd',
  scopes: ['READ'],
  createdAt: new Date(0),
  createdBy: null,
  expiresAt: null,
  lastUsedAt: null,
  revokedAt: null,
  revokedBy: null,
};

describe('looking a key up', () => {
  test('names its holder, once a second from the database', async () => {
    const { keys, make, queries, time } = world();
    const key = make();
    for (let i = 0; i < 100; i++) {
      expect(await keys.find(key)).toEqual({ name: 'a dashboard', scopes: ['READ'], keyId: 'key-1' });
    }
    expect(queries).toHaveLength(1);
    time.ms += 1_001;
    await keys.find(key);
    expect(queries).toHaveLength(2);
  });

  test('a revocation elsewhere holds a second later, one made here at once', async () => {
    const { keys, make, change, time } = world();
    const key = make();
    expect(await keys.find(key)).not.toBeNull();
    change(key, { revokedAt: new Date(time.ms) });
    time.ms += 1_001;
    expect(await keys.find(key)).toBeNull();
    change(key, { revokedAt: null });
    time.ms += 1_001;
    expect(await keys.find(key)).not.toBeNull();
    change(key, { revokedAt: new Date(time.ms) });
    time.ms += 1;
    keys.changed('key-1');
    expect(await keys.find(key)).toBeNull();
  });

  test('expiry holds at its moment, however fresh the look', async () => {
    const { keys, make, time } = world();
    const key = make({ expiresAt: new Date(time.ms + 500) });
    expect(await keys.find(key)).not.toBeNull();
    time.ms += 500;
    expect(await keys.find(key)).toBeNull();
  });

  test('what is mistyped or foreign is refused without a query', async () => {
    const { keys, make, queries } = world();
    const key = make();
    for (const wrong of [
      `${key}x`,
      key.slice(1),
      `${key.slice(0, -1)}${key.endsWith('a') ? 'b' : 'a'}`,
      'hello',
    ])
      expect(await keys.find(wrong)).toBeNull();
    expect(queries).toEqual([]);
  });

  test('a flood of made-up keys is a query after another, each made-up key asked about once', async () => {
    const { keys, queries, database } = world();
    let open = (): void => undefined;
    database.gate = new Promise((resolve) => (open = resolve));
    const madeUp = Array.from({ length: 500 }, makeApiKeyText);
    const first = keys.find(makeApiKeyText());
    await eventually(
      () => queries.length,
      (count) => count === 1,
      { withinMs: 1_000, what: 'it is asked' },
    );
    const others: Promise<unknown>[] = [];
    for (const key of madeUp) {
      others.push(keys.find(key));
      if (others.length % 50 === 0) await setImmediate();
    }
    open();
    expect(await Promise.all([first, ...others])).toEqual(Array.from({ length: 501 }, () => null));
    expect(queries.map((digests) => digests.length)).toEqual([1, 500]);
    await Promise.all(madeUp.map((key) => keys.find(key)));
    expect(queries).toHaveLength(2);
  });

  test('while the database is away a key seen in the last minute is taken, any other is not judged', async () => {
    const { keys, make, database, time, warnings } = world();
    const [seen, unseen] = [make(), make({ id: 'key-2' })];
    await keys.find(seen);
    database.away = true;
    time.ms += 30_000;
    for (let i = 0; i < 3; i++) expect(await keys.find(seen)).toMatchObject({ keyId: 'key-1' });
    await expect(keys.find(unseen)).rejects.toBeInstanceOf(UnavailableError);
    expect(await keys.find('mistyped')).toBeNull();
    time.ms += 30_001;
    await expect(keys.find(seen)).rejects.toBeInstanceOf(UnavailableError);
    expect(warnings).toHaveLength(1);
    database.away = false;
    time.ms += 1_000;
    expect(await keys.find(seen)).not.toBeNull();
    expect(await keys.find(unseen)).not.toBeNull();
  });

  test('a key that was revoked here is not taken for want of a database', async () => {
    const { keys, make, database, time } = world();
    const key = make();
    await keys.find(key);
    time.ms += 1;
    keys.changed('key-1');
    database.away = true;
    await expect(keys.find(key)).rejects.toBeInstanceOf(UnavailableError);
  });
});

test('a look that began before a key was revoked here is not believed for longer than its own request', async () => {
  const { keys, make, change, database, queries, time } = world();
  const key = make();
  let open = (): void => undefined;
  database.gate = new Promise((resolve) => (open = resolve));
  const asked = keys.find(key);
  await eventually(
    () => queries.length,
    (count) => count === 1,
    { withinMs: 1_000, what: 'it is asked' },
  );
  time.ms += 1;
  keys.changed('key-1');
  open();
  await asked;
  change(key, { revokedAt: new Date(time.ms) });
  expect(await keys.find(key)).toBeNull();
});

test('uses are recorded in the background, at most once a minute for each key', async () => {
  const { keys, make, uses, time } = world();
  const key = make();
  for (let i = 0; i < 50; i++) await keys.find(key);
  await eventually(
    () => uses.length,
    (count) => count === 1,
    { withinMs: 2_000, what: 'the first use is recorded' },
  );
  for (let i = 0; i < 50; i++) await keys.find(key);
  expect(uses).toHaveLength(1);
  time.ms += 60_000;
  await keys.find(key);
  await eventually(
    () => uses.length,
    (count) => count === 2,
    { withinMs: 2_000, what: 'a later one too' },
  );
});

describe('watching keys', () => {
  test('asks once a second for all that are watched, and not at all for none', async () => {
    const { keys, make, queries } = world();
    const ids = ['a', 'b', 'c'];
    for (const id of ids) make({ id });
    const stops = ids.flatMap((id) => [keys.watch(id, () => undefined), keys.watch(id, () => undefined)]);
    await eventually(
      () => queries.at(-1),
      (asked) => asked?.length === 3,
      { withinMs: 1_000, what: 'all are asked about' },
    );
    const before = queries.length;
    for (const id of ids) stops.push(keys.watch(id, () => undefined));
    await setImmediate();
    expect(queries).toHaveLength(before);
    for (const stop of stops) stop();
    keys.changed('a');
    const still = queries.length;
    keys.watch('b', () => undefined);
    await eventually(
      () => queries.length,
      (count) => count > still,
      { withinMs: 1_000, what: 'it is asked again' },
    );
    expect(queries.slice(still)).toEqual([['b']]);
  });

  test('tells of expiry by the clock, also while the database is away', async () => {
    const { keys, make, queries, database, time } = world();
    make({ expiresAt: new Date(time.ms + 50) });
    const ends: string[] = [];
    keys.watch('key-1', (end) => ends.push(end));
    await eventually(
      () => queries.length,
      (count) => count === 1,
      { withinMs: 1_000, what: 'it is asked' },
    );
    database.away = true;
    time.ms += 50;
    await eventually(
      () => ends,
      ([end]) => end === 'API key expired',
      { withinMs: 900, what: 'the end is told' },
    );
    expect(queries).toHaveLength(1);
  });

  test('tells every watcher which end it was, once', async () => {
    const { keys, make, change, time } = world();
    const [revoked, expired] = [make({ id: 'r' }), make({ id: 'e', expiresAt: new Date(time.ms + 30) })];
    const ends: string[] = [];
    keys.watch('r', (end) => ends.push(`r1 ${end}`));
    keys.watch('r', (end) => ends.push(`r2 ${end}`));
    keys.watch('r', (end) => ends.push(`stopped ${end}`))();
    keys.watch('e', (end) => ends.push(end));
    keys.watch('gone', (end) => ends.push(end));
    time.ms += 30;
    change(revoked, { revokedAt: new Date(time.ms) });
    keys.changed('r');
    await eventually(
      () => ends.length,
      (count) => count === 4,
      { withinMs: 1_000, what: 'all ends are told' },
    );
    expect(ends.toSorted()).toEqual([
      'API key deleted',
      'API key expired',
      'r1 API key revoked',
      'r2 API key revoked',
    ]);
    expect(await keys.find(expired)).toBeNull();
  });
});
