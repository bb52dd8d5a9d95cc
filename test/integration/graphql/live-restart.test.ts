import { expect, test } from 'vitest';
import { openConnection } from '../../../src/store/connection.ts';
import { deliveryModel } from '../../../src/store/delivery-row.ts';
import { startTestMongod, temporaryFolder } from '../../support/mongod.ts';
import { anEvent } from '../../support/event-log.ts';
import { startGraphqlApp } from './graphql-app.ts';
import { connectLive } from './live-client.ts';

test('subscriptions live on when the database is killed and comes back', { timeout: 60_000 }, async () => {
  const mongod = await startTestMongod(await temporaryFolder());
  const connection = await openConnection(mongod.uri.replace('/?', '/restart?'));
  const app = await startGraphqlApp({ connection });
  const client = connectLive(app.url);
  const events = client.follow('subscription { events(after: 0) { sequence } }');
  const deliveries = client.follow('subscription { deliveries { id } }');
  const insert = (id: string) =>
    deliveryModel(connection).collection.insertOne({
      _id: id,
      eventId: 'e',
      endpointId: 'x',
      attempts: [],
    } as never);
  await app.log.commit(anEvent());
  await events.count(1);
  for (let index = 0; deliveries.received.length === 0; index++) {
    await insert(`warm-up-${index}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }

  process.kill(mongod.pid() ?? 0, 'SIGKILL');
  const again = async (work: () => Promise<unknown>): Promise<void> => {
    for (;;) {
      try {
        await work();
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  };
  await again(() => app.log.commit(anEvent({ incidentSeq: 2 })));
  await again(() => insert('after-the-restart'));
  expect((await events.count(2)).map((received) => received.events.sequence)).toEqual([1, 2]);
  for (let count = 1; ; count++) {
    if ((await deliveries.count(count)).at(-1).deliveries.id === 'after-the-restart') break;
  }
  await connection.close();
});
