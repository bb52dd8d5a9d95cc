import { expect, it } from 'vitest';
import { NO_SETTINGS } from '../../../src/domain/webhook-endpoint.ts';
import type { WebhookEndpoint } from '../../../src/domain/webhook-endpoint.ts';
import { createUnusableEndpointsLog } from '../../../src/outbound/unusable-endpoints-log.ts';

function endpoint(invalidReason: string | null): WebhookEndpoint {
  return {
    id: 'e1',
    url: 'nowhere',
    events: [],
    description: null,
    isActive: true,
    state: invalidReason === null ? 'ACTIVE' : 'INVALID',
    invalidReason,
    secret: null,
    ...NO_SETTINGS,
    nextSecret: null,
    pausedAt: null,
    disabledAt: null,
    disabledReason: null,
    createdAt: null,
    updatedAt: null,
  };
}

it('an endpoint that cannot be used is told of once, and again when the reason changes or it was mended meanwhile', () => {
  const told: unknown[] = [];
  const look = createUnusableEndpointsLog({ warn: (fields: unknown) => void told.push(fields) });
  for (const reason of ['no secret', 'no secret', 'bad url', null, 'bad url']) look([endpoint(reason)]);
  expect(told).toEqual(['no secret', 'bad url', 'bad url'].map((reason) => ({ endpointId: 'e1', reason })));
});
