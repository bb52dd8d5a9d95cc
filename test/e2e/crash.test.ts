import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findLosses } from '../support/find-losses.ts';
import type { Observed } from '../support/find-losses.ts';
import { observeApi, readHead, toReceivedPush } from '../support/observe-server.ts';
import { createPoster } from '../support/post-webhook.ts';
import { registerEndpoint } from '../support/register-endpoint.ts';
import { openServerHome } from '../support/server-process.ts';
import type { ServerHome, ServerProcess } from '../support/server-process.ts';
import { startSink } from '../support/sink.ts';
import { startWebhookLoad } from '../support/webhook-load.ts';

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
  await sink.untilEvents(await readHead(home.port), { withinMs: DELIVERED_MS }).catch(() => undefined);
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
  }, 120_000);
  afterAll(() => home[Symbol.asyncDispose]());

  it('were in the middle of it: requests were cut off and sent again', () => {
    expect(cut).toBeGreaterThan(3);
  });

  it('are all in the API, with events numbered without a gap, each of which reached the endpoint in order', () => {
    expect(observed.accepted).toHaveLength(COUNT);
    expect(observed.events).toHaveLength(COUNT);
    expect(findLosses(observed)).toEqual([]);
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
  }, 120_000);
});
