import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { platform } from 'node:os';
import { promisify } from 'node:util';
import { linuxProcessStart } from '../kernel/linux-process-start.ts';

export interface InspectedProcess {
  /** Together with the pid it names one process for ever: a pid alone is used again. */
  startedAt: string;
  commandLine: string;
}

const run = promisify(execFile);

/** What runs under this pid, or undefined if nothing does (a zombie is nothing). Rejects when that cannot be told. */
export async function inspectProcess(pid: number): Promise<InspectedProcess | undefined> {
  switch (platform()) {
    case 'linux':
      return inspectByProc(pid);
    case 'win32':
      return inspectByPowerShell(pid);
    default:
      return inspectByPs(pid);
  }
}

async function inspectByProc(pid: number): Promise<InspectedProcess | undefined> {
  const ticks = await linuxProcessStart(pid);
  if (ticks === undefined) return undefined;
  // After another boot the same pid may well have the same ticks.
  const bootId = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  try {
    const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8');
    return {
      startedAt: `${bootId.trim()}/${ticks}`,
      commandLine: commandLine.replaceAll('\0', ' ').trim(),
    };
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

async function inspectByPs(pid: number): Promise<InspectedProcess | undefined> {
  // The start time is compared as text, so language and time zone must not change it.
  const env = { PATH: '/bin:/usr/bin', LC_ALL: 'C', TZ: 'UTC' };
  const column = async (name: string): Promise<string> =>
    (await run('ps', ['-ww', '-o', `${name}=`, '-p', String(pid)], { env })).stdout.trim();
  try {
    if ((await column('state')).startsWith('Z')) return undefined;
    return { startedAt: await column('lstart'), commandLine: await column('command') };
  } catch (error) {
    if ((error as { code?: unknown }).code === 1) return undefined;
    throw error;
  }
}

async function inspectByPowerShell(pid: number): Promise<InspectedProcess | undefined> {
  const { stdout } = await run('powershell', [
    '-NoProfile',
    '-Command',
    `Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}' | ForEach-Object { $_.CreationDate.Ticks; $_.CommandLine }`,
  ]);
  const [startedAt, ...commandLine] = stdout.trim().split(/\r?\n/);
  if (!startedAt) return undefined;
  return { startedAt, commandLine: commandLine.join(' ').replaceAll('"', '') };
}
