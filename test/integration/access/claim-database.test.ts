import { expect, test } from 'vitest';
import { ForeignSecretKeyError, claimDatabase } from '../../../src/access/claim-database.ts';
import { deriveSealingKey } from '../../../src/access/sealing-key.ts';
import { createDatabaseIdentityStore } from '../../../src/store/database-identity-store.ts';
import { openTestDatabase } from '../../support/test-database.ts';

const [a, b, c] = ['a', 'b', 'c'].map(deriveSealingKey) as [
  ReturnType<typeof deriveSealingKey>,
  ReturnType<typeof deriveSealingKey>,
  ReturnType<typeof deriveSealingKey>,
];

test('the first key is remembered, and a process with another one is told to share SECRET_KEY', async () => {
  const identity = createDatabaseIdentityStore(await openTestDatabase());
  await claimDatabase({ current: a, previous: null }, identity);
  await claimDatabase({ current: a, previous: null }, identity);
  await expect(claimDatabase({ current: b, previous: null }, identity)).rejects.toThrow(
    ForeignSecretKeyError,
  );
  await expect(claimDatabase({ current: b, previous: c }, identity)).rejects.toThrow(/SECRET_KEY/);
});

test('of two first processes with different keys exactly one is let in', async () => {
  const identity = createDatabaseIdentityStore(await openTestDatabase());
  const claims = await Promise.allSettled(
    [a, b, a, b].map((current) => claimDatabase({ current, previous: null }, identity)),
  );
  const let_in = claims.map(({ status }) => status === 'fulfilled');
  expect(let_in).toEqual([let_in[0], !let_in[0], let_in[0], !let_in[0]]);
});

test('whoever can open what the remembered key sealed may bring a new key, after which the old one alone is refused', async () => {
  const identity = createDatabaseIdentityStore(await openTestDatabase());
  await claimDatabase({ current: a, previous: null }, identity);
  await Promise.all([1, 2, 3].map(() => claimDatabase({ current: b, previous: a }, identity)));
  await claimDatabase({ current: b, previous: null }, identity);
  await expect(claimDatabase({ current: a, previous: null }, identity)).rejects.toThrow(
    ForeignSecretKeyError,
  );
});
