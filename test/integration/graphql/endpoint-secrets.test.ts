import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { deriveSealingKey } from '../../../src/access/sealing-key.ts';
import { createSealer } from '../../../src/access/sealing.ts';
import { endpointSecretPlace } from '../../../src/commands/create-webhook-endpoint.ts';
import { openEndpointSecrets } from '../../../src/open-endpoint-secrets.ts';
import { createWebhookEndpointStore } from '../../../src/store/webhook-endpoint-store.ts';
import { openTestDatabase } from '../../support/test-database.ts';
import { startGraphqlApp } from './graphql-app.ts';

const HOUR_MS = 3_600_000;
const NOW = new Date('2026-03-07T00:00:00.000Z');
const GIVEN = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

type Row = { _id: string } & Record<string, unknown>;

/** The API over the real store, with a clock and a log of the test's own. */
async function open() {
  const connection = await openTestDatabase();
  const state = { now: NOW, lines: [] as string[] };
  const clock = { now: () => state.now, monotonic: () => 0 };
  const logger = pino({ level: 'info' }, { write: (line: string) => void state.lines.push(line) });
  const sealer = createSealer({ current: deriveSealingKey('a secret key'), previous: null });
  const endpoints = createWebhookEndpointStore(connection);
  const endpointSecrets = openEndpointSecrets({ endpoints, sealer, clock, logger });
  const app = await startGraphqlApp({ connection, over: { endpointSecrets, clock } });
  const rows = connection.getClient().db(connection.name).collection<Row>('webhook_endpoints');
  const mutate = async (name: string, input: object, more = '') => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const fields = 'id secretForm secretOverlapUntil updatedAt';
    const { data, errors } = await app.ask(
      `mutation($input: ${type}!) { ${name}(input: $input) { webhookEndpoint { ${fields} } ${more} errors { code message path } } }`,
      { input },
    );
    expect(errors).toBeUndefined();
    return data[name];
  };
  return {
    state,
    rows,
    app,
    mutate,
    rotate: (input: object) => mutate('rotateWebhookEndpointSecret', input, 'secret'),
    promote: (id: string) => mutate('promoteWebhookEndpointSecret', { id }),
    /** A row as the guide has people write it. */
    async byHand(columns: object = {}): Promise<string> {
      const _id = randomBytes(6).toString('hex');
      const url = 'https://example.com/hook';
      await rows.insertOne({ _id, url, secret: 'by hand', events: 'incident.created', ...columns });
      return _id;
    },
    async created(): Promise<string> {
      const input = { url: 'https://93.184.215.14/hook', events: ['INCIDENT_CREATED'], secret: GIVEN };
      return (await mutate('createWebhookEndpoint', input)).webhookEndpoint.id;
    },
    unsealed: (id: string, sealed: unknown) => sealer.open(String(sealed), endpointSecretPlace(id)),
  };
}

describe('a rotation', () => {
  test('shows the new secret once and says until when the old one signs too; then promoting ends that', async () => {
    const { state, rows, created, rotate, promote, unsealed } = await open();
    const id = await created();
    const rotated = await rotate({ id });
    expect(rotated).toEqual({
      webhookEndpoint: {
        id,
        secretForm: 'SEALED',
        secretOverlapUntil: '2026-03-08T00:00:00.000Z',
        updatedAt: '2026-03-07T00:00:00.000Z',
      },
      secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
      errors: [],
    });
    const during = await rows.findOne({ _id: id });
    expect(unsealed(id, during?.['sealed_secret'])).toBe(GIVEN);
    expect(unsealed(id, during?.['next_sealed_secret'])).toBe(rotated.secret);

    expect((await promote(id)).webhookEndpoint).toMatchObject({ id, secretOverlapUntil: null });
    const after = await rows.findOne({ _id: id });
    expect(unsealed(id, after?.['sealed_secret'])).toBe(rotated.secret);
    expect(after).not.toHaveProperty('next_sealed_secret');
    expect(after).not.toHaveProperty('overlap_until');
    expect((await promote(id)).errors).toMatchObject([{ code: 'CONFLICT' }]);

    const lines = state.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toMatchObject([
      { msg: 'webhook secret rotated', endpointId: id, by: null, overlapUntil: '2026-03-08T00:00:00.000Z' },
      { msg: 'webhook secret promoted', endpointId: id, by: null, overlapUntil: null },
    ]);
    for (const secret of [GIVEN, rotated.secret]) expect(state.lines.join('')).not.toContain(secret);
  });

  test('of a secret that a person wrote leaves it as written until the end', async () => {
    const { state, rows, app, byHand, rotate, promote, unsealed } = await open();
    const id = await byHand();
    const rotated = await rotate({ id, overlapHours: 0.5, secret: 'new one, by hand too' });
    expect(rotated).toMatchObject({
      webhookEndpoint: { secretForm: 'PLAIN', secretOverlapUntil: '2026-03-07T00:30:00.000Z' },
      secret: null,
    });
    expect(await rows.findOne({ _id: id })).toMatchObject({ secret: 'by hand' });
    state.now = new Date(NOW.getTime() + HOUR_MS);
    const query = 'query($id: ID!) { webhookEndpoint(id: $id) { secretOverlapUntil } }';
    expect((await app.ask(query, { id })).data.webhookEndpoint.secretOverlapUntil).toBeNull();
    expect((await promote(id)).webhookEndpoint).toMatchObject({ secretForm: 'SEALED' });
    const after = await rows.findOne({ _id: id });
    expect(after).not.toHaveProperty('secret');
    expect(unsealed(id, after?.['sealed_secret'])).toBe('new one, by hand too');
  });

  test('mends a row whose secret cannot be used', async () => {
    const { byHand, rotate, app } = await open();
    const id = await byHand({ secret: 'whsec_' });
    expect((await rotate({ id })).webhookEndpoint).toMatchObject({ secretForm: 'SEALED' });
    const query = 'query($id: ID!) { webhookEndpoint(id: $id) { state } }';
    expect((await app.ask(query, { id })).data.webhookEndpoint.state).toBe('ACTIVE');
  });

  test('is refused where it cannot be, with all reasons, and changes nothing then', async () => {
    const { rows, created, byHand, rotate, promote } = await open();
    const id = await created();
    const before = await rows.findOne({ _id: id });
    expect((await rotate({ id, overlapHours: 721, secret: ' ' })).errors).toMatchObject([
      { code: 'INVALID', path: ['input', 'secret'] },
      { code: 'INVALID', path: ['input', 'overlapHours'] },
    ]);
    expect((await rotate({ id, overlapHours: -1 })).errors).toMatchObject([{ code: 'INVALID' }]);
    const same = [{ code: 'INVALID', path: ['input', 'secret'] }];
    expect((await rotate({ id, secret: GIVEN })).errors).toMatchObject(same);
    expect((await rotate({ id: await byHand(), secret: 'by hand' })).errors).toMatchObject(same);
    expect((await rotate({ id: 'nobody' })).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await promote('nobody')).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect(await rows.findOne({ _id: id })).toEqual(before);
  });

  test.each([24, 0])(
    'of many at once happens once, with the secret that one was shown (overlap %d h)',
    async (overlapHours) => {
      const { rows, created, rotate, unsealed } = await open();
      const id = await created();
      const answers = await Promise.all(Array.from({ length: 6 }, () => rotate({ id, overlapHours })));
      // Without an overlap one may come wholly after another; its secret is then the one that counts.
      const done = answers.filter(({ errors }) => errors.length === 0);
      if (overlapHours > 0) expect(done).toHaveLength(1);
      for (const { errors, secret } of answers.filter((answer) => !done.includes(answer))) {
        expect([errors[0].code, secret]).toEqual(['CONFLICT', null]);
      }
      const row = await rows.findOne({ _id: id });
      const newest = overlapHours > 0 ? row?.['next_sealed_secret'] : row?.['sealed_secret'];
      expect(done.map(({ secret }) => secret)).toContain(unsealed(id, newest));
    },
  );

  test('meets the row as it is when it writes: what a person changed meanwhile stays', async () => {
    const { app, byHand, rows } = await open();
    const store = createWebhookEndpointStore(app.connection);
    for (const change of [{ secret: 'changed' }, { sealed_secret: 'v1.x' }, { overlap_until: new Date() }]) {
      const id = await byHand();
      const before = await store.byId(id);
      if (before === null) throw new Error('no endpoint');
      await rows.updateOne({ _id: id }, { $set: change });
      const written = await rows.findOne({ _id: id });
      const after = { secret: { form: 'SEALED', sealed: 'v1.new' }, nextSecret: null } as const;
      const outcome = await store.replaceSecrets(before, after);
      // A column that another one overrules changes nothing in what signs.
      if ('secret' in change) expect(outcome).toBe('CHANGED_MEANWHILE');
      else expect(outcome).toMatchObject({ secret: after.secret });
      if (outcome === 'CHANGED_MEANWHILE') expect(await rows.findOne({ _id: id })).toEqual(written);
      await rows.deleteOne({ _id: id });
      expect(await store.replaceSecrets(before, after)).toBeNull();
    }
  });
});
