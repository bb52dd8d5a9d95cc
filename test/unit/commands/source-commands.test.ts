import { describe, expect, test } from 'vitest';
import { deriveSealingKey } from '../../../src/access/sealing-key.ts';
import { createSealer } from '../../../src/access/sealing.ts';
import { createSource } from '../../../src/commands/create-source.ts';
import { rotateSourceSecret } from '../../../src/commands/rotate-source-secret.ts';
import { updateSource } from '../../../src/commands/update-source.ts';
import type { SourceProvider } from '../../../src/domain/source-provider.ts';
import type { StoredSource } from '../../../src/domain/source.ts';
import { systemClock } from '../../../src/kernel/clock.ts';
import { newId } from '../../../src/kernel/ids.ts';
import type { SourceStore } from '../../../src/store/source-store.ts';

const PROVIDERS: SourceProvider[] = [
  { name: 'github' },
  { name: 'sns', settings: { topic_arns: 'which topics' }, signsWithOwnKey: true },
];
const providers = new Map(PROVIDERS.map((provider) => [provider.name, provider]));
const sealer = createSealer({ current: deriveSealingKey('the key'), previous: null });

/** A store of one row, of which others are faster `beaten` times. */
function storeOf(row: StoredSource | null, beaten = 0) {
  const state = { row, beaten, tries: 0 };
  const store: Pick<SourceStore, 'insert' | 'byClientKey' | 'byId' | 'replace'> = {
    insert(source) {
      state.row = source;
      return Promise.resolve('INSERTED');
    },
    byClientKey: () => Promise.resolve(null),
    byId: () => Promise.resolve(state.row),
    replace(_before, after) {
      state.tries += 1;
      if (state.tries <= state.beaten && state.row !== null) {
        state.row = { ...state.row, description: `of try ${state.tries}` };
        return Promise.resolve('CHANGED_MEANWHILE');
      }
      state.row = after;
      return Promise.resolve(after);
    },
  };
  return { state, deps: { sources: store, providers, sealer, clock: systemClock, newId } };
}

async function made(provider = 'github'): Promise<StoredSource> {
  const { deps } = storeOf(null);
  const result = await createSource(deps, { provider, name: 'eu', withoutSecret: false });
  if ('refusals' in result) throw new Error(JSON.stringify(result.refusals));
  return result.source;
}

describe('a source of a sender that signs with a key of its own', () => {
  test('gets no secret unless one is given', async () => {
    const { deps } = storeOf(null);
    const input = { provider: 'sns', name: 'eu', withoutSecret: false };
    expect(await createSource(deps, input)).toMatchObject({ source: { secrets: [] }, secret: null });
    const given = await createSource(deps, { ...input, secret: 'in the URL' });
    expect(given).toMatchObject({ source: { secrets: [{ until: null }] }, secret: null });
    const settings = [{ name: 'topic_arns', value: 'arn:a' }];
    expect(await createSource(deps, { ...input, settings })).toMatchObject({
      source: { settings: { topic_arns: 'arn:a' } },
    });
  });
});

describe('a change', () => {
  test('is decided anew where somebody else was faster, on what they left', async () => {
    const { state, deps } = storeOf(await made(), 4);
    expect(await updateSource(deps, { id: 'x', name: 'us' })).toMatchObject({
      source: { name: 'us', description: 'of try 4' },
    });
    expect(state.tries).toBe(5);
  });

  test('is given up where others are faster again and again', async () => {
    const { deps } = storeOf(await made(), Infinity);
    expect(await updateSource(deps, { id: 'x', name: 'us' })).toMatchObject({
      refusals: [{ code: 'CONFLICT' }],
    });
  });

  test('of a secret does not depend on the current one, which may no longer open', async () => {
    const { deps } = storeOf(await made());
    const other = createSealer({ current: deriveSealingKey('another key'), previous: null });
    const lines: object[] = [];
    const logger = { info: (line: object) => lines.push(line) } as never;
    const rotated = await rotateSourceSecret(
      { ...deps, sealer: other, logger },
      { id: 'x', secret: null, overlapHours: 0, by: 'the on-call bot' },
    );
    expect(rotated).toMatchObject({ source: { secrets: [{ until: null }, { until: expect.any(Date) }] } });
    expect(lines).toEqual([{ sourceId: 'x', by: 'the on-call bot', overlapHours: 0 }]);
  });
});
