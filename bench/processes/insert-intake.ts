import mongoose from 'mongoose';
import { newId } from '../../src/kernel/ids.ts';
import { serveParent } from './parent-link.ts';
import { startVerifiedIntakeServer } from './verified-intake-server.ts';

export type InsertIntakeMethods = typeof methods;

/** Stores each body with one journaled majority write, by the same driver as OpsLens. */
const methods = serveParent({
  async listen({ secret, mongodUri }: { secret: string; mongodUri: string }) {
    const client = new mongoose.mongo.MongoClient(mongodUri, {
      maxPoolSize: 64,
      writeConcern: { w: 'majority', journal: true },
    });
    await client.connect();
    const webhooks = client
      .db('bench')
      .collection<{ _id: string; receivedAt: Date; body: string }>('webhooks');
    return startVerifiedIntakeServer({
      secret,
      async take(body) {
        await webhooks.insertOne({ _id: newId(), receivedAt: new Date(), body: body.toString() });
      },
    });
  },
});
