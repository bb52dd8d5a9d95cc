import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { describeThisProcess, isProcessAlive } from '../../../src/kernel/process-identity.ts';

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' });
  await once(child, 'exit');
  return child.pid ?? 0;
}

describe('isProcessAlive', () => {
  it('knows a running process of this host, whichever server in it asks', async () => {
    const [one, other] = [await describeThisProcess(), await describeThisProcess()];
    expect(one.instance).not.toBe(other.instance);
    expect(await isProcessAlive(one, other)).toBe(true);
  });

  it('knows a dead process of this host', async () => {
    const self = await describeThisProcess();
    const dead = { ...self, instance: 'dead', pid: await deadPid() };
    expect(await isProcessAlive(dead, self)).toBe(false);
  });

  it.runIf(process.platform !== 'win32')(
    'is not fooled by a pid that was given to another process',
    async () => {
      const self = await describeThisProcess();
      const earlier = { ...self, instance: 'earlier', startedAt: 'another time' };
      expect(await isProcessAlive(earlier, self)).toBe(false);
    },
  );

  it('takes a process of another host for alive, since it cannot look', async () => {
    const self = await describeThisProcess();
    const remote = { ...self, instance: 'remote', host: 'elsewhere', pid: await deadPid() };
    expect(await isProcessAlive(remote, self)).toBe(true);
  });
});
