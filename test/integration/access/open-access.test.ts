import type { Connection } from 'mongoose';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../../src/kernel/clock.ts';
import { createClosingStack } from '../../../src/kernel/closing-stack.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { openAccess } from '../../../src/open-access.ts';
import { RefusedStartError } from '../../../src/refused-start-error.ts';
import { apiKeyModel } from '../../../src/store/api-key-row.ts';
import { createApiKeyStore } from '../../../src/store/api-key-store.ts';
import { nativeCollection } from '../../../src/store/native-collection.ts';
import { silent } from '../../support/event-log.ts';
import { openTestDatabase } from '../../support/test-database.ts';

/** As at a start with these settings. */
function begin(connection: Connection, apiKeys: string[] = []) {
  const closing = createClosingStack(() => undefined);
  onTestFinished(() => closing[Symbol.asyncDispose]());
  const config = { auth: 'required', host: '127.0.0.1', apiKeys } as const;
  const { authenticator, openKeys } = openAccess({
    config,
    clock: systemClock,
    newId,
    logger: silent,
    closing,
  });
  return { authenticator, open: () => openKeys(createApiKeyStore(connection)) };
}

test('where keys are required a stored one that is live and allows ADMIN is enough to start with', async () => {
  const connection = await openTestDatabase();
  await expect(begin(connection).open()).rejects.toBeInstanceOf(RefusedStartError);

  const { administration } = await begin(connection, ['k'.repeat(32)]).open();
  const make = async (scope: 'READ' | 'ADMIN') => {
    const asked = { name: 'n', scopes: [scope], expiresAt: null, clientMutationKey: null, by: null };
    const made = await administration.create(asked);
    if ('refusals' in made) throw new Error(JSON.stringify(made.refusals));
    return made;
  };
  await make('READ');
  const expired = await make('ADMIN');
  const rows = nativeCollection(apiKeyModel(connection));
  await rows.updateOne({ _id: expired.apiKey.id }, { $set: { expiresAt: new Date() } });
  await expect(begin(connection).open()).rejects.toBeInstanceOf(RefusedStartError);
  const { apiKey, key } = await make('ADMIN');

  const { authenticator, open } = begin(connection);
  expect(await authenticator.authenticate({ apiKey: key ?? '' })).toBeNull();
  await open();
  expect(await authenticator.authenticate({ apiKey: key ?? '' })).toMatchObject({ keyId: apiKey.id });

  await administration.revoke({ id: apiKey.id, by: null });
  await expect(begin(connection).open()).rejects.toThrow(/API_KEYS.*createApiKey/);
});
