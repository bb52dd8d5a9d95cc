import { beforeEach, expect, it } from 'vitest';
import { newHealth } from '../../../src/domain/endpoint-health.ts';
import type { EndpointHealth } from '../../../src/domain/endpoint-health.ts';
import { createEndpointHealthReader } from '../../../src/store/endpoint-health-reader.ts';
import { createEndpointHealthStore } from '../../../src/store/endpoint-health-store.ts';
import type { EndpointHealthStore } from '../../../src/store/endpoint-health-store.ts';
import { createRunTransaction } from '../../../src/store/transaction.ts';
import { openTestDatabase } from '../../support/test-database.ts';

const since = new Date('2026-03-04T05:06:07Z');
let connection: Awaited<ReturnType<typeof openTestDatabase>>;
let healths: EndpointHealthStore;

beforeEach(async () => {
  connection = await openTestDatabase();
  healths = createEndpointHealthStore(connection);
});

function aHealth(endpointId: string, revision: number): EndpointHealth {
  return {
    ...newHealth(endpointId, 'https://example.com/$path?a=$b', since),
    state: 'FAILING',
    reason: '$$ROOT is no error of ours',
    consecutiveFailures: revision,
    failingSince: since,
    failures: [{ deliveryId: 'd1', at: since, durationMs: 7, status: null, error: '$no answer' }],
    circuit: { openedAt: since, retryAt: since, probes: 1, asked: false },
    revision,
  };
}

const save = (...all: EndpointHealth[]) => createRunTransaction(connection)((tx) => healths.save(all, tx));

it('the health of an endpoint is read as it was written', async () => {
  const both = [aHealth('e1', 2), aHealth('e2', 3)];
  await save(...both);
  const reader = createEndpointHealthReader(connection);
  expect(await healths.byIds(['e1', 'e2', 'e3'])).toEqual(new Map(both.map((one) => [one.endpointId, one])));
  expect(await reader.byIds(['e2', 'e3'])).toEqual([both[1]]);
});

it('an older health that is recorded late is not written over a newer one', async () => {
  await save(aHealth('e1', 7));
  await save(aHealth('e1', 6));
  expect((await healths.byIds(['e1'])).get('e1')).toEqual(aHealth('e1', 7));
  await save(aHealth('e1', 8));
  expect((await healths.byIds(['e1'])).get('e1')).toEqual(aHealth('e1', 8));
});

it('what was told of an endpoint outlasts the changes of its health, and is no part of it', async () => {
  await save(aHealth('e1', 1));
  const told = { kind: 'FAILING' as const, since, isTold: true };
  await healths.setTold('e1', told);
  await save(aHealth('e1', 2));
  expect(await healths.standings()).toEqual([{ endpointId: 'e1', state: 'FAILING', since, told }]);
  expect((await healths.byIds(['e1'])).get('e1')).toEqual(aHealth('e1', 2));
  await healths.remove('e1');
  expect(await healths.standings()).toEqual([]);
});
