import { expect, it } from 'vitest';
import { createNameResolver } from '../../../src/kernel/resolve-name.ts';

it('names are resolved by the system, which knows of this machine', async () => {
  const addresses = await createNameResolver()('localhost');
  expect(addresses.length).toBeGreaterThan(0);
  for (const { address } of addresses) expect(['127.0.0.1', '::1']).toContain(address);
});

it('a name is asked for once at a time, and anew afterwards', async () => {
  const asked: string[] = [];
  let answer!: (address: string) => void;
  const resolve = createNameResolver((name) => {
    asked.push(name);
    return new Promise((settle) => {
      answer = (address) => settle([{ address, family: 4 }]);
    });
  });
  const both = Promise.all([resolve('a.example'), resolve('a.example')]);
  answer('1.1.1.1');
  expect(await both).toEqual([[{ address: '1.1.1.1', family: 4 }], [{ address: '1.1.1.1', family: 4 }]]);
  const later = resolve('a.example');
  answer('2.2.2.2');
  expect(await later).toEqual([{ address: '2.2.2.2', family: 4 }]);
  expect(asked).toEqual(['a.example', 'a.example']);
});

it('a name that could not be resolved is asked for anew', async () => {
  let fails = true;
  const resolve = createNameResolver(() =>
    fails ? Promise.reject(new Error('EAI_AGAIN')) : Promise.resolve([{ address: '1.1.1.1', family: 4 }]),
  );
  await expect(resolve('a.example')).rejects.toThrow('EAI_AGAIN');
  fails = false;
  expect(await resolve('a.example')).toHaveLength(1);
});
