import { readFile } from 'node:fs/promises';

/** What Linux counts processor time in. All its ports show user space the same 100. */
const TICKS_PER_SECOND = 100;

/** Processor time that these processes used since each began, all threads; null where /proc does not tell. */
export async function cpuSeconds(pids: readonly number[]): Promise<number | null> {
  let ticks = 0;
  for (const pid of pids) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
    if (stat === null) return null;
    // The second field, the program's name in brackets, may itself hold blanks and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    ticks += Number(fields[11]) + Number(fields[12]);
  }
  return ticks / TICKS_PER_SECOND;
}
