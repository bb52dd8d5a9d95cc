import { afterEach, describe, expect, test, vi } from 'vitest';
import { deriveSealingKey } from '../../../src/access/sealing-key.ts';
import { createSealer } from '../../../src/access/sealing.ts';
import { sourceSecretPlace } from '../../../src/domain/source-secret.ts';
import type { StoredSource } from '../../../src/domain/source.ts';
import { UnavailableError } from '../../../src/domain/submission.ts';
import { createRegistry } from '../../../src/inbound/registry.ts';
import { createSources } from '../../../src/inbound/sources.ts';
import { startStoredSources } from '../../../src/inbound/stored-sources.ts';
import type { SecretUse } from '../../../src/store/source-store.ts';

const NOW = new Date('2026-03-07T00:00:00.000Z');
const sealer = createSealer({ current: deriveSealingKey('the key'), previous: null });

afterEach(() => {
  vi.useRealTimers();
});

function stored(name: string, fields: Partial<StoredSource> = {}, key = sealer): StoredSource {
  const sealed = key.seal(`secret of ${name}`, sourceSecretPlace(`id-${name}`, 'f00d'));
  return {
    managedBy: 'API',
    id: `id-${name}`,
    name,
    keyName: name,
    provider: 'generic',
    description: null,
    enabled: true,
    settings: {},
    ratePerSecond: null,
    secrets: [{ id: 'f00d', sealed, createdAt: NOW, until: null, lastUsedAt: null }],
    createdAt: NOW,
    updatedAt: NOW,
    revision: 1,
    ...fields,
  };
}

/** Sources over a store that is what the test says, at the time that it says. */
function open(rows: StoredSource[] = []) {
  const world = {
    rows,
    now: 0,
    reads: 0,
    /** Settles each read; by default at once, with what is stored then. */
    answer: (): Promise<StoredSource[]> => Promise.resolve(world.rows),
    recorded: [] as SecretUse[][],
    record: (): Promise<void> => Promise.resolve(),
    warnings: [] as string[],
    opened: vi.fn(sealer.open),
  };
  const registry = createRegistry();
  const stored = startStoredSources({
    store: {
      async changedSince(known) {
        world.reads += 1;
        const rows = await world.answer();
        const isKnown = ({ id, revision }: StoredSource) => known.get(id)?.revision === revision;
        const unchanged = rows.filter(isKnown).map(({ id }) => id);
        return { changed: rows.filter((row) => !isKnown(row)), unchanged };
      },
      recordUses(uses) {
        world.recorded.push([...uses]);
        return world.record();
      },
    },
    sealer: { open: world.opened },
    clock: { monotonic: () => world.now },
    logger: { warn: (_fields: unknown, text?: string) => void world.warnings.push(text ?? '') } as never,
  });
  const sources = createSources({ registry, secrets: { github: 's3cret' }, stored });
  const nameOf = async (name: string) => (await sources.find('generic', name))?.name ?? null;
  return { world, stored, sources, nameOf };
}

describe('default sources', () => {
  test('need no database, and are reached by the name of their provider alone', async () => {
    const { world, sources } = open();
    world.answer = () => Promise.reject(new Error('away'));
    for (const name of [null, 'github']) {
      expect(await sources.find('github', name)).toMatchObject({
        name: 'github',
        keyName: 'github',
        secrets: [{ id: null, value: 's3cret', generation: 'CURRENT', until: null }],
      });
    }
    expect(await sources.find('generic', null)).toMatchObject({ secrets: null });
    expect(await sources.find('nobody', null)).toBeNull();
    expect(await sources.find('constructor', 'constructor')).toBeNull();
    expect(world.reads).toBe(0);
  });

  test('have the settings of the environment', async () => {
    const settings = { generic: { region: 'eu' } };
    const sources = createSources({ registry: createRegistry(), secrets: {}, settings });
    expect(await sources.find('generic', null)).toMatchObject({ settings: { region: 'eu' } });
    expect(await sources.find('generic', 'eu')).toBeNull();
  });
});

describe('registered sources', () => {
  test('are ready to judge by, under the provider that they are of', async () => {
    const until = new Date('2026-03-08T00:00:00.000Z');
    const source = stored('eu', { keyName: 'first', ratePerSecond: 5, settings: { region: 'eu' } });
    const [current] = source.secrets;
    const sealed = sealer.seal('older', sourceSecretPlace(source.id, 'beef'));
    const previous = { id: 'beef', sealed, createdAt: NOW, until, lastUsedAt: null };
    const { sources } = open([{ ...source, secrets: current ? [current, previous] : [] }]);
    expect(await sources.find('generic', 'eu')).toEqual({
      name: 'eu',
      keyName: 'first',
      provider: 'generic',
      enabled: true,
      secrets: [
        { id: 'f00d', value: 'secret of eu', generation: 'CURRENT', until: null },
        { id: 'beef', value: 'older', generation: 'PREVIOUS', until },
      ],
      settings: { region: 'eu' },
      ratePerSecond: 5,
    });
    expect(await sources.find('github', 'eu')).toBeNull();
    expect(await sources.find('generic', 'first')).toBeNull();
  });

  test('without a secret never had one: that is for what is allowed unsigned', async () => {
    const { sources } = open([stored('eu', { secrets: [] })]);
    expect(await sources.find('generic', 'eu')).toMatchObject({ secrets: null });
  });

  test('are read once for all webhooks of a second, and again after it', async () => {
    const { world, nameOf } = open([stored('eu')]);
    await Promise.all(Array.from({ length: 50 }, () => nameOf('eu')));
    world.now = 1000;
    expect(await nameOf('eu')).toBe('eu');
    expect(world.reads).toBe(1);
    world.rows = [];
    world.now = 1001;
    expect(await Promise.all([nameOf('eu'), nameOf('eu')])).toEqual([null, null]);
    expect(world.reads).toBe(2);
    expect(world.opened).toHaveBeenCalledTimes(1);
  });

  test('that another process registered just now are found, and strangers cannot have them read all the time', async () => {
    const { world, nameOf } = open([stored('eu')]);
    await nameOf('eu');
    world.rows = [stored('eu'), stored('us')];
    world.now = 100;
    for (let index = 0; index < 100; index += 1) expect(await nameOf(`guess-${index}`)).toBeNull();
    expect(world.reads).toBe(1);
    world.now = 101;
    expect(await nameOf('us')).toBe('us');
    expect(world.reads).toBe(2);
  });

  test('that were changed here are changed at once, even where a read was under way', async () => {
    const { world, stored: all, nameOf } = open([stored('eu')]);
    await nameOf('eu');
    world.rows = [stored('renamed')];
    all.invalidate();
    expect(await nameOf('eu')).toBeNull();
    expect(await nameOf('renamed')).toBe('renamed');

    let finish: (() => void) | undefined;
    const before = world.rows;
    world.answer = () => new Promise((resolve) => (finish = () => resolve(before)));
    world.now = 5000;
    const during = nameOf('renamed');
    world.answer = () => Promise.resolve(world.rows);
    world.rows = [];
    all.invalidate();
    expect(await nameOf('renamed')).toBeNull();
    finish?.();
    await during;
    expect(await nameOf('renamed')).toBeNull();
  });
});

describe('while the database is away', () => {
  const away = () => Promise.reject(new Error('away'));

  test('nobody knows of registered sources that were never read: the sender is to come back', async () => {
    const { world, nameOf } = open([stored('eu')]);
    world.answer = away;
    await expect(nameOf('eu')).rejects.toThrow(UnavailableError);
    await expect(nameOf('eu')).rejects.toThrow(UnavailableError);
    expect(world.reads).toBe(1);
    world.answer = () => Promise.resolve(world.rows);
    world.now = 1000;
    expect(await nameOf('eu')).toBe('eu');
  });

  test('those read last serve on, and the log is told once', async () => {
    const { world, nameOf } = open([stored('eu')]);
    await nameOf('eu');
    world.answer = away;
    for (const now of [1001, 1002, 5000, 3_600_000]) {
      world.now = now;
      expect(await nameOf('eu')).toBe('eu');
      expect(await nameOf('us')).toBeNull();
    }
    expect(world.reads).toBe(4);
    expect(world.warnings).toEqual(['sources of webhooks could not be read']);
  });

  test('a read that never ends is waited for once, for a second', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { world, nameOf } = open([stored('eu')]);
    await nameOf('eu');
    world.answer = () => new Promise(() => undefined);
    world.now = 2000;
    const waiting = nameOf('eu');
    await vi.advanceTimersByTimeAsync(1000);
    expect(await waiting).toBe('eu');
    world.now = 3001;
    expect(await nameOf('eu')).toBe('eu');
    expect(world.reads).toBe(2);
  });
});

describe('a secret that cannot be opened', () => {
  const foreign = createSealer({ current: deriveSealingKey('another key'), previous: null });

  test('spoils neither the others nor the list, and the log is told once', async () => {
    const { world, sources, nameOf } = open([
      stored('broken', {}, foreign),
      stored('moved', { id: 'x' }),
      stored('eu'),
    ]);
    for (const now of [0, 2000, 4000]) {
      world.now = now;
      expect(await nameOf('eu')).toBe('eu');
      expect(await sources.find('generic', 'broken')).toMatchObject({
        secrets: [{ id: 'f00d', value: null }],
      });
      expect(await sources.find('generic', 'moved')).toMatchObject({ secrets: [{ value: null }] });
    }
    expect(world.warnings).toHaveLength(2);
  });
});

describe('the last use of a secret', () => {
  const at = (second: number) => new Date(NOW.getTime() + second * 1000);

  test('is written down at once the first time, then at most once a minute, the rest at the end', async () => {
    const { world, stored: all, sources } = open([stored('eu')]);
    const eu = await sources.find('generic', 'eu');
    if (eu === null) throw new Error('there is no source');
    const use = (second: number) => sources.used(eu, 'f00d', at(second));
    use(0);
    await vi.waitFor(() => expect(world.recorded).toHaveLength(1));
    for (let second = 1; second < 59; second += 1) use(second);
    world.now = 60_000;
    use(60);
    await vi.waitFor(() => expect(world.recorded).toHaveLength(2));
    use(61);
    await all[Symbol.asyncDispose]();
    expect(world.recorded).toEqual(
      [0, 60, 61].map((second) => [{ keyName: 'eu', secretId: 'f00d', at: at(second) }]),
    );
  });

  test('is not lost where the database is away, and a failure at the end does not hold up the stop', async () => {
    const { world, stored: all, sources } = open([stored('eu'), stored('us')]);
    const eu = await sources.find('generic', 'eu');
    if (eu === null) throw new Error('there is no source');
    world.record = () => Promise.reject(new Error('away'));
    sources.used(eu, 'f00d', at(0));
    await vi.waitFor(() => expect(world.warnings).toHaveLength(1));
    await all[Symbol.asyncDispose]();
    const use = { keyName: 'eu', secretId: 'f00d', at: at(0) };
    expect(world.recorded).toEqual([[use], [use]]);
    expect(world.warnings).toHaveLength(2);
  });
});
