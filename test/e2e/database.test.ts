import { once } from 'node:events';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { expect, it, vi } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { findLosses } from '../support/find-losses.ts';
import { observeApi, toReceivedPush, untilQuiet } from '../support/observe-server.ts';
import { createPoster } from '../support/post-webhook.ts';
import { registerEndpoint } from '../support/register-endpoint.ts';
import { sendRequest } from '../support/send-request.ts';
import { openServerHome } from '../support/server-process.ts';
import { startSink } from '../support/sink.ts';
import { testDatabaseUri } from '../support/test-database.ts';
import { startWebhookLoad } from '../support/webhook-load.ts';

// A guard against hanging; the promises have deadlines of their own.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const SECRET = 'a secret that survives restarts';

it('SIGTERM under load: the server ends in order within 20 s, nothing is lost or sent twice, no lease stays held', async () => {
  const uri = testDatabaseUri();
  await using home = await openServerHome({ MONGODB_URI: uri });
  await using sink = await startSink();
  const server = await home.start();
  await registerEndpoint(home.port, { url: sink.url(), secret: SECRET });
  await using poster = createPoster(home.port);
  const load = startWebhookLoad(poster, { count: 800, width: 32 });
  await load.reaches(300);

  const exit = await server.stop();
  expect(exit).toMatchObject({ code: 0, signal: null });
  expect(exit.tookMs).toBeLessThan(20_000);
  expect(load.accepted.length).toBeLessThan(800);
  await using client = await new mongoose.mongo.MongoClient(uri).connect();
  const held = client
    .db()
    .collection('leases')
    .find({ holder: { $ne: null } });
  expect(await held.toArray()).toEqual([]);

  await home.start();
  await load.done;
  await sink.untilEvents(800, { withinMs: 30_000 });
  await untilQuiet(home.port);
  const pushes = sink.arrivals().map((arrival) => toReceivedPush(arrival, SECRET));
  expect(findLosses({ ...(await observeApi(home.port)), accepted: load.accepted, pushes })).toEqual([]);
  expect(pushes).toHaveLength(800);
});

it('SIGTERM while the database is still starting ends the server and the database at once', async () => {
  await using home = await openServerHome();
  const mongod = join(home.dataDir, 'mongod-that-never-listens');
  const pidFile = join(home.dataDir, 'its-pid');
  const says = 'if [ "$1" = --version ]; then echo "db version v6.0.5"; exit; fi';
  await writeFile(mongod, `#!/bin/sh\n${says}\necho $$ > '${pidFile}'\nexec sleep 300\n`, { mode: 0o755 });
  const server = home.launch({ MONGOD: mongod });
  const pid = await eventually(
    async () => Number(await readFile(pidFile, 'utf8').catch(() => '')),
    (read) => read > 0,
    { withinMs: 20_000, what: 'the database is being started' },
  );

  const exit = await server.stop();
  expect(exit).toMatchObject({ code: 0, signal: null });
  expect(exit.tookMs).toBeLessThan(5_000);
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  expect(await readdir(home.dataDir)).not.toContain('opslens.lock');
  expect(server.output()).not.toContain('does not start');
});

it('SIGTERM while a GraphQL request is on its way: it is answered, and its connection closed', async () => {
  await using home = await openServerHome({ MONGODB_URI: testDatabaseUri() });
  const server = await home.start();
  const body = '{"query": "{ incidents { edges { node { id } } } }"}';
  const socket = connect(home.port, '127.0.0.1');
  let answer = '';
  socket.on('data', (data) => (answer += data.toString()));
  const closed = once(socket, 'close');
  socket.write(
    `POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n` +
      'Expect: 100-continue\r\n\r\n',
  );
  await once(socket, 'data');
  const stopped = server.stop();
  await eventually(
    () => server.log().some(({ msg }) => msg === 'stopping'),
    (done) => done,
    { withinMs: 5000, what: 'it is stopping' },
  );
  // What listens closes first.
  await eventually(
    () => sendRequest(home.port, { path: '/healthz' }).then(String, () => 'closed'),
    (said) => said === 'closed',
    { withinMs: 5000, what: 'no connection is taken any more' },
  );
  socket.write(body);
  await closed;
  expect(answer).toMatch(
    /HTTP\/1.1 200 OK\r\n[^]*Connection: close\r\n[^]*{"data":{"incidents":{"edges":\[\]}}}/,
  );
  expect(await stopped).toMatchObject({ code: 0 });
});

it('While the database hangs webhooks are answered 503 with Retry-After, and taken again without a restart', async () => {
  await using home = await openServerHome();
  const server = await home.start();
  const { pid: mongod } = await home.mongod();
  const post = (key: string) =>
    sendRequest(home.port, {
      method: 'POST',
      path: '/api/v1/webhooks/generic',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: '{"title": "Disk is full"}',
    });
  expect((await post('before')).status).toBe(200);

  process.kill(mongod, 'SIGSTOP');
  const refused = await Promise.all([post('meanwhile'), post('meanwhile too')]);
  for (const { status, headers } of refused) {
    expect(status).toBe(503);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  }
  expect((await sendRequest(home.port, { path: '/healthz' })).status).toBe(200);
  expect((await sendRequest(home.port, { path: '/readyz' })).status).toBe(503);
  process.kill(mongod, 'SIGCONT');

  for (const key of ['meanwhile', 'meanwhile too', 'after']) {
    await eventually(
      () => post(key),
      ({ status }) => status === 200,
      { withinMs: 15_000, what: 'webhooks are taken again' },
    );
  }
  await eventually(
    () => sendRequest(home.port, { path: '/readyz' }),
    ({ status }) => status === 200,
    { withinMs: 15_000, what: 'the server is ready again' },
  );
  expect(server.isRunning()).toBe(true);
  // Each of them once, although some were posted more than once.
  expect((await observeApi(home.port)).incidentIds).toHaveLength(4);
});
