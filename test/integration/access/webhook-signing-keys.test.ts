import { createPublicKey, sign, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { deriveSealingKey } from '../../../src/access/sealing-key.ts';
import { CannotOpenError, createSealer } from '../../../src/access/sealing.ts';
import { openWebhookSigningKeys, thumbprint } from '../../../src/access/webhook-signing-keys.ts';
import type { PublicJwk } from '../../../src/access/webhook-signing-keys.ts';
import { systemClock } from '../../../src/kernel/clock.ts';
import { createWebhookKeysRoute } from '../../../src/rest/webhook-keys-route.ts';
import { createWebhookSigningKeyStore } from '../../../src/store/webhook-signing-key-store.ts';
import { sendRequest } from '../../support/send-request.ts';
import { echoHandlers, startEdge } from '../../support/start-edge.ts';
import { openTestDatabase } from '../../support/test-database.ts';

const sealer = createSealer({ current: deriveSealingKey('the key'), previous: null });
const other = createSealer({ current: deriveSealingKey('another key'), previous: null });

async function open() {
  const connection = await openTestDatabase();
  const store = createWebhookSigningKeyStore(connection);
  const start = (with_ = sealer) => openWebhookSigningKeys({ store, sealer: with_, clock: systemClock });
  return { connection, store, start };
}

test('the first start of all makes the key pair; others, later or at the same time, find it', async () => {
  const { store, start } = await open();
  const opened = [...(await Promise.all(Array.from({ length: 8 }, () => start()))), await start()];
  expect(await store.all()).toHaveLength(1);
  const [kid] = new Set(opened.map(({ publicKeys }) => publicKeys[0]?.kid));
  for (const { publicKeys, privateKey } of opened) {
    expect(publicKeys.map((key) => key.kid)).toEqual([kid]);
    const signature = sign(null, Buffer.from('text'), privateKey());
    const publicKey = createPublicKey({ key: { ...opened[0]?.publicKeys[0] }, format: 'jwk' });
    expect(verify(null, Buffer.from('text'), publicKey, signature)).toBe(true);
  }
});

test('its private half is kept sealed: a process with another key tells so when it is to sign, not before', async () => {
  const { connection, start } = await open();
  const key = (await start()).privateKey().export({ format: 'jwk' });
  const stored = JSON.stringify(await connection.collection('meta').find().toArray());
  expect(stored).toContain(key.x);
  expect(stored).not.toContain(key.d);
  const foreign = await start(other);
  expect(foreign.publicKeys).toHaveLength(1);
  expect(() => foreign.privateKey()).toThrow(CannotOpenError);
});

test('keys are named by their thumbprint (RFC 8037, A.3)', () => {
  const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
  expect(thumbprint({ kty: 'OKP', crv: 'Ed25519', x })).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
});

test('anybody may fetch the public halves, as a JWK set to be kept for a while', async () => {
  const { publicKeys } = await (await open()).start();
  const second: PublicJwk = { ...(publicKeys[0] as PublicJwk), kid: 'the next one' };
  const { server, port } = await startEdge({ mode: 'REQUIRED', apiKeys: ['0123456789abcdef'] });
  server.serve(echoHandlers({ api: [createWebhookKeysRoute({ publicKeys: [...publicKeys, second] })] }));
  const { status, headers, json } = await sendRequest(port, { path: '/.well-known/webhook-keys' });
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('application/jwk-set+json');
  expect(headers['cache-control']).toBe('public, max-age=3600');
  expect(json).toEqual({
    keys: [
      {
        kty: 'OKP',
        crv: 'Ed25519',
        x: expect.stringMatching(/^[\w-]{43}$/),
        kid: expect.stringMatching(/^[\w-]{43}$/),
        use: 'sig',
        alg: 'EdDSA',
      },
      second,
    ],
  });
  expect((await sendRequest(port, { method: 'POST', path: '/.well-known/webhook-keys' })).status).toBe(405);
});
