import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { hostname, platform } from 'node:os';
import { promisify } from 'node:util';
import { newId } from './ids.ts';
import { linuxProcessStart } from './linux-process-start.ts';

/** Names one run of a server, so that another can tell whether it still lives. */
export interface ProcessIdentity {
  /** Made anew by each start of a server; tells apart two that share a process. */
  instance: string;
  /** Where its pid means something: on Linux also the boot and the pid namespace, so containers are hosts. */
  host: string;
  pid: number;
  /** Together with the pid it names one process: a pid alone is used again. Empty where it cannot be told. */
  startedAt: string;
}

const run = promisify(execFile);

export async function describeThisProcess(): Promise<ProcessIdentity> {
  const [host, startedAt] = await Promise.all([describeHost(), startOf(process.pid)]);
  return { instance: newId(), host, pid: process.pid, startedAt: startedAt ?? '' };
}

/** False only when `other` is known to be dead: it ran on `self`'s host, and its process is gone. */
export async function isProcessAlive(other: ProcessIdentity, self: ProcessIdentity): Promise<boolean> {
  if (other.host !== self.host || other.instance === self.instance) return true;
  try {
    return (await startOf(other.pid)) === other.startedAt;
  } catch {
    return true;
  }
}

async function describeHost(): Promise<string> {
  if (platform() !== 'linux') return hostname();
  const [boot, namespace] = await Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''),
    readlink('/proc/self/ns/pid').catch(() => ''),
  ]);
  return [hostname(), boot.trim(), namespace].join('/');
}

/** When the process of this pid started, in the system's own words; undefined if there is none. */
async function startOf(pid: number): Promise<string | undefined> {
  const system = platform();
  if (system === 'linux') return linuxProcessStart(pid);
  if (system === 'win32') return isRunning(pid) ? '' : undefined;
  return startByPs(pid);
}

async function startByPs(pid: number): Promise<string | undefined> {
  if (!isRunning(pid)) return undefined;
  // The start is compared as text, so language and time zone must not change it.
  const env = { PATH: '/bin:/usr/bin', LC_ALL: 'C', TZ: 'UTC' };
  const { stdout } = await run('ps', ['-o', 'lstart=', '-p', String(pid)], { env });
  return stdout.trim();
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
