import { expect, test } from 'vitest';
import { ATTACKS } from '../../support/attacks.ts';
import type { Attack } from '../../support/attacks.ts';
import { startServedApp } from './served-app.ts';
import { openSpokenSocket } from './spoken-socket.ts';

const HELLO = '{"query":"{ __typename }"}';
const BATCHING = 'BATCHING_NOT_SUPPORTED';

test('attacks over HTTP are refused with a code, and others are answered meanwhile', async () => {
  const { post } = await startServedApp();
  for (const { name, body, expectedCode } of ATTACKS) {
    const [attacked, other] = await Promise.all([post(body), post(HELLO)]);
    expect([name, attacked.errors?.[0]?.extensions['code']]).toEqual([name, expectedCode]);
    expect(attacked.status, name).toBeLessThan(500);
    expect(attacked.data ?? null, name).toBeNull();
    expect(attacked.errors?.length, name).toBeLessThanOrEqual(21);
    expect(other.data, name).toEqual({ __typename: 'Query' });
  }
});

/** What the same attack meets over WebSocket: a code, or how the socket is closed. */
function overSocket({ expectedCode, body }: Attack): unknown {
  if (body.startsWith('[')) return { code: 4400, reason: expect.stringContaining(BATCHING) };
  if (expectedCode === 'PAYLOAD_TOO_LARGE') return { code: 1009, reason: '' };
  // Queries are not run at all there, whatever their variables.
  return expectedCode === 'BAD_USER_INPUT' ? 'SUBSCRIPTIONS_ONLY' : expectedCode;
}

test('the same attacks over WebSocket are refused with a code or close the socket, and another one goes on', async () => {
  const { app, url } = await startServedApp();
  const other = await openSpokenSocket(url);
  for (const attack of ATTACKS) {
    const socket = await openSpokenSocket(url);
    const isMessage = !attack.body.startsWith('[');
    socket.send(isMessage ? `{"id":"1","type":"subscribe","payload":${attack.body}}` : attack.body);
    const { type, payload } = await socket.next();
    const met = type === 'error' ? payload?.[0]?.extensions['code'] : await socket.closed;
    expect([attack.name, met]).toEqual([attack.name, overSocket(attack)]);
    expect(await other.refused({ query: '{ __typename }' })).toEqual({ code: 'SUBSCRIPTIONS_ONLY' });
  }
  expect(app.service.live.groups()).toBe(0);
});
