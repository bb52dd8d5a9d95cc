import { expect, it } from 'vitest';
import { loopbackGuard } from '../../support/target-guard.ts';
import { startReceiver } from './receiver.ts';
import { HANG } from './hostile-answers.ts';
import { startTcp } from './tcp-receiver.ts';
import { anEndpoint, openWorld } from './world.ts';

it('whether a target is refused, closed or silent, the log knows: who may read attempts sees no answer', async () => {
  const world = await openWorld();
  const well = await startReceiver();
  const silent = await startTcp(HANG);
  world.setEndpoints(
    anEndpoint('refused', 'http://10.0.0.1:8123/'),
    anEndpoint('closed', 'http://127.0.0.1:1/'),
    anEndpoint('silent', `http://${silent}/`),
    anEndpoint('well', well.url('/')),
  );
  for (const id of ['refused', 'closed', 'silent', 'well']) await world.fanOut(id, [`of ${id}`]);
  const blocked: unknown[] = [];
  await world.start({
    schedule: [0, 0.05, 0.05],
    totalTimeoutMs: 300,
    guard: { ...loopbackGuard(), onBlocked: (told) => void blocked.push(told) },
  });
  for (const id of ['refused', 'closed', 'silent']) {
    const [delivery] = await world.settled(id);
    expect(delivery).toMatchObject({ state: 'DEAD', attemptCount: 3 });
    expect(delivery?.attempts.map(({ error }) => error)).toEqual(['no answer', 'no answer', 'no answer']);
  }
  expect(await world.settled('well')).toMatchObject([{ state: 'DELIVERED' }]);
  const once = { endpointId: 'refused', why: 'private' };
  expect(blocked).toEqual([once, once, once]);
});
