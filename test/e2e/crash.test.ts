import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findLosses } from '../support/find-losses.ts';
import type { AcceptedWebhook, Loss, Observed, ReceivedPush } from '../support/find-losses.ts';
import { observeApi, toReceivedPush } from '../support/observe-server.ts';
import { createPoster } from '../support/post-webhook.ts';
import { registerEndpoint } from '../support/register-endpoint.ts';
import { openServerHome } from '../support/server-process.ts';
import type { ServerHome, ServerProcess } from '../support/server-process.ts';
import { startSink } from '../support/sink.ts';
import { startWebhookLoad } from '../support/webhook-load.ts';

// A guard against hanging; the promises have deadlines of their own.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const COUNT = 2000;
const CONNECTIONS = 32;
const SECRET = 'the secret of the endpoint that outlives everything';
/** Nothing is waiting for a retry: all that is open is sent as soon as somebody sends again. */
const DELIVERED_MS = 30_000;

interface Crash {
  /** How many webhooks have been taken by then. */
  at: number;
  happen(home: ServerHome, server: ServerProcess): Promise<ServerProcess>;
}

const killServer = async (home: ServerHome, server: ServerProcess): Promise<ServerProcess> => {
  await server.kill();
  return home.start();
};

const killMongod = async (home: ServerHome, server: ServerProcess): Promise<ServerProcess> => {
  process.kill((await home.mongod()).pid, 'SIGKILL');
  return server;
};

/** Posts everything while the crashes happen, and tells what is there once it is quiet. */
async function run(
  home: ServerHome,
  crashes: readonly Crash[],
): Promise<{ observed: Observed; cut: number }> {
  await using sink = await startSink();
  let server = await home.start();
  await registerEndpoint(home.port, { url: sink.url(), secret: SECRET });
  await using poster = createPoster(home.port, CONNECTIONS);
  const load = startWebhookLoad(poster, { count: COUNT, width: CONNECTIONS });
  const crashing = (async () => {
    for (const { at, happen } of crashes) {
      await load.reaches(at);
      server = await happen(home, server);
    }
  })();
  await Promise.all([load.done, crashing]).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${home.problems()}`, { cause: error });
  });
  // What did not come by then is for the checker to tell.
  await sink.untilEvents(COUNT, { withinMs: DELIVERED_MS }).catch(() => undefined);
  return {
    observed: {
      ...(await observeApi(home.port)),
      accepted: load.accepted,
      pushes: sink.arrivals().map((arrival) => toReceivedPush(arrival, SECRET)),
    },
    cut: poster.broken() + poster.refused(),
  };
}

describe('2,000 webhooks over 32 connections, while the server is killed with -9 three times', () => {
  let home: ServerHome;
  let observed: Observed;
  let cut: number;

  beforeAll(async () => {
    home = await openServerHome();
    ({ observed, cut } = await run(
      home,
      [400, 900, 1400].map((at) => ({ at, happen: killServer })),
    ));
  });
  afterAll(() => home[Symbol.asyncDispose]());

  it('were in the middle of it: requests were cut off and sent again', () => {
    expect(cut).toBeGreaterThan(3);
  });

  it('are all in the API, with events numbered without a gap, each of which reached the endpoint in order', () => {
    expect(observed.accepted).toHaveLength(COUNT);
    expect(observed.events).toHaveLength(COUNT);
    expect(findLosses(observed)).toEqual([]);
  });

  describe('and what checks this sees', () => {
    it('a write that did not last: any one document taken from the database', async () => {
      await using client = await new mongoose.mongo.MongoClient((await home.mongod()).uri).connect();
      const takeAway = async (collection: string, id: string): Promise<Loss[]> => {
        const rows = client.db().collection<{ _id: string }>(collection);
        const row = await rows.findOneAndDelete({ _id: id });
        if (row === null) throw new Error(`there is no ${id} in ${collection}`);
        const losses = findLosses({ ...observed, ...(await observeApi(home.port)) });
        await rows.insertOne(row);
        return losses;
      };
      const [webhook] = observed.accepted;
      const event = observed.events.find(({ incidentId }) => incidentId === webhook?.incidentId);
      if (webhook === undefined || event === undefined) throw new Error('there is nothing to lose');

      const { idempotencyKey, receiptId, incidentId } = webhook;
      expect(await takeAway('receipts', receiptId)).toEqual([
        { kind: 'RECEIPT_MISSING', on: idempotencyKey },
      ]);
      const withoutEvent = [
        { kind: 'EVENTS_DIFFER', on: incidentId },
        { kind: 'SEQUENCE_GAP', on: `${event.sequence}` },
        // Its pushes are then of an event that nobody knows.
        { kind: 'PUSH_UNKNOWN', on: event.id },
      ];
      const pushedOnce = (losses: Loss[]): Loss[] => [
        ...new Map(losses.map((loss) => [loss.kind + loss.on, loss])).values(),
      ];
      expect(pushedOnce(await takeAway('events', event.id))).toEqual(withoutEvent);
      expect(await takeAway('incidents', incidentId)).toContainEqual({
        kind: 'INCIDENT_MISSING',
        on: incidentId,
      });
      // All of it is back where it was.
      expect(findLosses({ ...observed, ...(await observeApi(home.port)) })).toEqual([]);
    });

    it('a delivery that did not come, one that nobody signed, and one that came too early', () => {
      const updated = observed.events.find(({ status }) => status === 'RESOLVED');
      const on = updated?.id ?? '';
      const isIt = ({ eventId }: ReceivedPush): boolean => eventId === on;
      const { pushes } = observed;

      const lost = pushes.filter((push) => !isIt(push));
      expect(findLosses({ ...observed, pushes: lost })).toEqual([{ kind: 'PUSH_MISSING', on }]);
      const [push] = pushes.filter(isIt);
      if (push === undefined) throw new Error('there is no push to change');
      expect(findLosses({ ...observed, pushes: [...lost, { ...push, isSigned: false }] })).toEqual([
        { kind: 'PUSH_MISSING', on },
        { kind: 'PUSH_UNSIGNED', on },
      ]);
      const early = findLosses({ ...observed, pushes: [push, ...lost] });
      expect(new Set(early.map(({ kind }) => kind))).toEqual(new Set(['PUSH_OUT_OF_ORDER']));
      expect(early).toHaveLength(2);
    });

    it('an acknowledgement of what was never stored', () => {
      const invented = { ...observed.accepted[0], idempotencyKey: 'invented', receiptId: 'never' };
      const accepted = [...observed.accepted, invented as AcceptedWebhook];
      expect(findLosses({ ...observed, accepted })).toContainEqual({
        kind: 'RECEIPT_MISSING',
        on: 'invented',
      });
    });
  });
});

describe('2,000 webhooks over 32 connections, while mongod is killed with -9', () => {
  it('are all in the API, with events numbered without a gap, each of which reached the endpoint in order', async () => {
    await using home = await openServerHome();
    const { observed } = await run(home, [{ at: 900, happen: killMongod }]);
    expect(home.problems()).toContain('mongod was restarted');
    expect(observed.accepted).toHaveLength(COUNT);
    expect(observed.events).toHaveLength(COUNT);
    expect(findLosses(observed)).toEqual([]);
  });
});
