import { readFile } from 'node:fs/promises';

export interface MemoryWatch {
  /** Ends it; the most megabytes that the process had in memory meanwhile, nothing where /proc does not tell. */
  stop(): Promise<number[]>;
}

const EVERY_MS = 50;

export function watchMemory(pid: number): MemoryWatch {
  let peak: number | null = null;
  const look = async (): Promise<void> => {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
    if (kilobytes !== undefined) peak = Math.max(peak ?? 0, Number(kilobytes) / 1024);
  };
  const timer = setInterval(() => void look(), EVERY_MS);
  return {
    async stop() {
      clearInterval(timer);
      await look();
      return peak === null ? [] : [peak];
    },
  };
}
