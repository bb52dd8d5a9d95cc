import { createHmac } from 'node:crypto';
import { pino } from 'pino';
import { beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../../src/kernel/clock.ts';
import type { OutboundDeps } from '../../../src/outbound/outbound.ts';
import { createWebhookEndpointStore } from '../../../src/store/webhook-endpoint-store.ts';
import { eventually } from '../../support/eventually.ts';
import { libraryAccepts } from '../../support/verify-webhook.ts';
import { startReceiver } from './receiver.ts';
import type { Arrival, Receiver } from './receiver.ts';
import { openWorld } from './world.ts';
import type { World } from './world.ts';

/** The clock moves by less than what receivers tolerate. */
const MINUTE_MS = 60_000;
const SOON = { withinMs: 10_000 };
const ENDED = 'webhook secret of before the rotation has ended';
const BY_HAND = { secret: 'by hand', next_sealed_secret: 'the new one' };

let world: World;
let receiver: Receiver;
let minutesLater: number;

beforeEach(async () => {
  world = await openWorld();
  receiver = await startReceiver();
  minutesLater = 0;
});

/** Processes over the real rows, whose secrets are "sealed" as they are. */
function overRows() {
  const database = world.connection.getClient().db(world.connection.name);
  const lines: string[] = [];
  const options = {
    endpoints: createWebhookEndpointStore(world.connection),
    clock: { ...systemClock, now: () => new Date(Date.now() + minutesLater * MINUTE_MS) },
    logger: pino({ level: 'info' }, { write: (line: string) => void lines.push(line) }),
    openSecret: ({ secret }: Parameters<OutboundDeps['openSecret']>[0]) =>
      secret?.form === 'SEALED' ? secret.sealed : (secret?.value ?? ''),
  } satisfies Partial<OutboundDeps>;
  const rows = database.collection<{ _id: string } & Record<string, unknown>>('webhook_endpoints');
  return {
    options,
    rows,
    ended: () => lines.filter((line) => line.includes(ENDED)).length,
    async rotating(id: string): Promise<void> {
      const overlap_until = new Date(Date.now() + 2 * MINUTE_MS);
      const url = receiver.url(`/${id}`);
      await rows.insertOne({ _id: id, url, events: 'incident.created', ...BY_HAND, overlap_until });
    },
  };
}

/** What `X-Webhook-Signature`, the one of the next secret, and `webhook-signature` are good for. */
async function pushed(id: string): Promise<Record<string, unknown>> {
  const before = receiver.arrivals(`/${id}`).length;
  await world.fanOut(id, [`i${before}`]);
  const [arrival] = await eventually(
    () => receiver.arrivals(`/${id}`).slice(before),
    (arrivals) => arrivals.length > 0,
    { ...SOON, what: 'it arrives' },
  );
  return signedWith(arrival as Arrival);
}

function signedWith(arrival: Arrival): Record<string, unknown> {
  const secrets = ['by hand', 'the new one', 'by hand again'];
  const fits = (secret: string, header: string): boolean =>
    arrival.headers[header] === `sha256=${createHmac('sha256', secret).update(arrival.body).digest('hex')}`;
  return {
    guide: secrets.find((secret) => fits(secret, 'x-webhook-signature')),
    next: secrets.find((secret) => fits(secret, 'x-webhook-signature-next')),
    standard: secrets.filter((secret) => libraryAccepts(secret, arrival)),
  };
}

const DURING = { guide: 'by hand', next: 'the new one', standard: ['by hand', 'the new one'] };
const AFTER = { guide: 'the new one', next: undefined, standard: ['the new one'] };

it('at its end the new secret signs alone, which is written down once by whoever of two processes owns the endpoint', async () => {
  const { options, rows, ended, rotating } = overRows();
  const ids = ['e1', 'e2', 'e3', 'e4'];
  for (const id of ids) await rotating(id);
  await world.start(options);
  await world.start(options);
  for (const id of ids) expect(await pushed(id)).toEqual(DURING);
  expect(ended()).toBe(0);

  minutesLater = 3;
  await eventually(
    () => rows.find().toArray(),
    (all) => all.every((row) => row['sealed_secret'] === 'the new one'),
    { ...SOON, what: 'the end is written down' },
  );
  for (const row of await rows.find().toArray()) {
    for (const gone of ['secret', 'next_sealed_secret', 'overlap_until'])
      expect(row).not.toHaveProperty(gone);
  }
  for (const id of ids) expect(await pushed(id)).toEqual(AFTER);
  expect(ended()).toBe(ids.length);

  await rows.updateOne({ _id: 'e1' }, { $set: { secret: 'by hand again' } });
  await eventually(
    () => pushed('e1'),
    ({ guide }) => guide === 'by hand again',
    { ...SOON, what: 'a secret written afterwards wins as ever' },
  );
});

it('the new secret signs alone from its end on, even while that cannot be written down', async () => {
  const { options, rows, ended, rotating } = overRows();
  for (const id of ['e1', 'e2']) await rotating(id);
  let tries = 0;
  const replaceSecrets = (): Promise<never> => {
    tries += 1;
    return Promise.reject(new Error('the database is away'));
  };
  await world.start({ ...options, endpoints: { ...options.endpoints, replaceSecrets } });
  for (const id of ['e1', 'e2']) expect(await pushed(id)).toEqual(DURING);
  minutesLater = 3;
  await eventually(
    () => tries,
    (made) => made >= 2,
    { ...SOON, what: 'it is tried again' },
  );
  for (const id of ['e1', 'e2']) expect(await pushed(id)).toEqual(AFTER);
  expect(ended()).toBe(0);
  expect(await rows.findOne({ _id: 'e1' })).toMatchObject(BY_HAND);
});
