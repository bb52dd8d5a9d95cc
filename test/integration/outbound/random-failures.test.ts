import { expect, it } from 'vitest';
import { startReceiver } from './receiver.ts';
import { anEndpoint, openWorld } from './world.ts';

/** Repeatable: a linear congruential generator. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

it('each incident goes in order through random failures, bursts and long lanes, all of it to its end', async () => {
  const world = await openWorld();
  const receiver = await startReceiver();
  const random = createRandom(7);
  const ids = ['e1', 'e2', 'e3'];
  world.setEndpoints(...ids.map((id) => anEndpoint(id, receiver.url(`/${id}`))));
  for (const id of ids) {
    receiver.answer(`/${id}`, (response) => {
      const status = random() < 0.2 ? 500 : 200;
      setTimeout(() => response.writeHead(status).end(), random() * 5);
    });
  }
  await world.start({ schedule: [0, ...Array.from({ length: 40 }, () => 0.02)] });
  for (let burst = 0; burst < 30; burst++) {
    const id = ids[Math.floor(random() * 3)] ?? 'e1';
    const count = 1 + Math.floor(random() * 60);
    // Squared, so that some incidents have very many and most few.
    await world.fanOut(
      id,
      Array.from({ length: count }, () => `i${Math.floor(random() ** 3 * 15)}`),
    );
  }
  for (const id of ids) {
    const all = await world.settled(id, 30_000);
    expect(all.every(({ state }) => state === 'DELIVERED')).toBe(true);
    const incidentOf = new Map(all.map((delivery) => [delivery.sequence, delivery.incidentId]));
    const last = new Map<string, number>();
    for (const { sequence } of receiver.arrivals(`/${id}`)) {
      const incident = incidentOf.get(sequence) ?? '';
      // Again until it is delivered, then the next one: never back, and never past one that is open.
      expect(sequence).toBeGreaterThanOrEqual(last.get(incident) ?? 0);
      last.set(incident, sequence);
    }
    const attempts = all.reduce((sum, { attemptCount }) => sum + attemptCount, 0);
    expect(receiver.arrivals(`/${id}`)).toHaveLength(attempts);
  }
}, 60_000);
