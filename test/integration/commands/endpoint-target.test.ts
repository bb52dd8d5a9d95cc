import { expect, it } from 'vitest';
import { deriveSealingKey } from '../../../src/access/sealing-key.ts';
import { createSealer } from '../../../src/access/sealing.ts';
import { createCheckEndpointTarget } from '../../../src/commands/check-endpoint-target.ts';
import { createWebhookEndpoint } from '../../../src/commands/create-webhook-endpoint.ts';
import { updateWebhookEndpoint } from '../../../src/commands/update-webhook-endpoint.ts';
import { createTargetRule } from '../../../src/domain/blocked-address.ts';
import { systemClock } from '../../../src/kernel/clock.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { createWebhookEndpointStore } from '../../../src/store/webhook-endpoint-store.ts';
import { openTestDatabase } from '../../support/test-database.ts';

const EVENTS = { types: ['INCIDENT_CREATED'] as const };
const REFUSED = { refusals: [{ code: 'INVALID', path: ['input', 'url'] }] };

it('an endpoint is neither made nor moved to where nothing may be sent', async () => {
  const endpoints = createWebhookEndpointStore(await openTestDatabase());
  const asked: string[] = [];
  const deps = {
    endpoints,
    sealer: createSealer({ current: deriveSealingKey('a secret key'), previous: null }),
    clock: systemClock,
    newId,
    checkTarget: createCheckEndpointTarget({
      rule: createTargetRule({ listensOnLoopback: false, allow: [] }),
      resolve(name) {
        asked.push(name);
        return Promise.resolve([{ address: name === 'inside.example' ? '10.0.0.1' : '8.8.8.8', family: 4 }]);
      },
      metrics: { ssrfBlocked: () => undefined },
    }),
  };
  const create = (url: string) => createWebhookEndpoint(deps, { url, events: EVENTS });
  expect(await create('http://127.0.0.1:8123/')).toMatchObject(REFUSED);
  expect(await create('https://inside.example/')).toMatchObject(REFUSED);
  expect(await endpoints.all()).toEqual([]);

  const made = await create('https://receiver.example/');
  const id = 'endpoint' in made ? made.endpoint.id : '';
  expect(await updateWebhookEndpoint(deps, { id, url: 'https://inside.example/' })).toMatchObject(REFUSED);
  expect(await endpoints.all()).toMatchObject([{ id, url: 'https://receiver.example/' }]);

  asked.length = 0;
  expect(await updateWebhookEndpoint(deps, { id, description: 'ours' })).toMatchObject({ endpoint: { id } });
  expect(asked).toEqual([]);
});
