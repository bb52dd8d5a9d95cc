import { randomBytes } from 'node:crypto';
import mongoose from 'mongoose';
import { slotOf } from '../../src/domain/slot.ts';
import { eventually } from './eventually.ts';
import { openServerHome } from './server-process.ts';
import type { ServerHome, ServerProcess } from './server-process.ts';

/** What a lease of the database says. */
export interface LeaseSeen {
  /** The pid of its holder; null where nobody holds it. */
  pid: number | null;
  epoch: number;
}

/** Two servers on one database. */
export interface ProcessPair extends AsyncDisposable {
  homes: readonly [ServerHome, ServerHome];
  servers: readonly [ServerProcess, ServerProcess];
  /** Starts again what a test killed, and resolves when the slots are shared anew. */
  restart(which: 0 | 1): Promise<void>;
  /** Resolves when this one numbers and holds all slots. */
  untilAlone(server: ServerProcess, withinMs: number): Promise<void>;
  untilShared(): Promise<void>;
  sequencer(): Promise<LeaseSeen>;
  /** How many slots each pid holds. */
  slots(): Promise<Map<number, number>>;
  /** Writes an endpoint's row by hand whose slot this server holds, and gives its id. */
  addEndpointOf(server: ServerProcess, row: { url: string; secret: string; events: string }): Promise<void>;
}

interface LeaseRow {
  _id: string;
  holder: { pid: number } | null;
  epoch: number;
}

/** Presence is told every three seconds at most, and slots are handed over in order then. */
const SHARED_MS = 20_000;

/** Resolves when the two have shared the slots. */
export async function startProcessPair(uri: string): Promise<ProcessPair> {
  const settings = { MONGODB_URI: uri, SECRET_KEY: randomBytes(32).toString('base64') };
  const homes = [await openServerHome(settings), await openServerHome(settings)] as const;
  const client = await new mongoose.mongo.MongoClient(uri).connect();
  const dispose = async (): Promise<void> => {
    await client.close();
    for (const home of homes) await home[Symbol.asyncDispose]();
  };
  const leases = client.db().collection<LeaseRow>('leases');
  const slotRows = () => leases.find({ _id: /^slot:/ }).toArray();
  let endpoints = 0;

  const pair = {
    homes,
    async sequencer(): Promise<LeaseSeen> {
      const row = await leases.findOne({ _id: 'sequencer' });
      return { pid: row?.holder?.pid ?? null, epoch: row?.epoch ?? 0 };
    },
    async slots() {
      const counts = new Map<number, number>();
      for (const { holder } of await slotRows())
        if (holder !== null) counts.set(holder.pid, (counts.get(holder.pid) ?? 0) + 1);
      return counts;
    },
    async addEndpointOf(server: ServerProcess, row: { url: string; secret: string; events: string }) {
      const held = (await slotRows())
        .filter(({ holder }) => holder?.pid === server.pid)
        .map(({ _id }) => Number(_id.slice('slot:'.length)));
      do endpoints += 1;
      while (!held.includes(slotOf(`endpoint-${endpoints}`)));
      const rows = client.db().collection<{ _id: string } & Record<string, unknown>>('webhook_endpoints');
      await rows.insertOne({ _id: `endpoint-${endpoints}`, ...row, is_active: true });
    },
    [Symbol.asyncDispose]: dispose,
  };
  try {
    const servers: [ServerProcess, ServerProcess] = [await homes[0].start(), await homes[1].start()];
    const untilShared = async (): Promise<void> => {
      await eventually(pair.slots, (slots) => servers.every(({ pid }) => slots.get(pid) === 32), {
        withinMs: SHARED_MS,
        what: 'each of two processes holds half of the slots',
      });
    };
    await untilShared();
    return {
      ...pair,
      servers,
      untilShared,
      async restart(which) {
        servers[which] = await homes[which].start();
        await untilShared();
      },
      async untilAlone({ pid }, withinMs) {
        await eventually(
          async () => ({ sequencer: (await pair.sequencer()).pid, slots: (await pair.slots()).get(pid) }),
          ({ sequencer, slots }) => sequencer === pid && slots === 64,
          { withinMs, what: 'one process numbers and holds all slots' },
        );
      },
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}
