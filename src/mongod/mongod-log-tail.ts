import { open } from 'node:fs/promises';

const TAIL_BYTES = 64 * 1024;
const LINES = 5;

/** What mongod complained about last in the run that begins at `start`: its errors, else whatever came last. */
export async function mongodLogTail(logPath: string, start: number): Promise<string> {
  const lines = (await readEnd(logPath, start)).split('\n').filter((line) => line.trim() !== '');
  // Plain lines are what was said before the log was opened, such as a missing library.
  const complaints = lines.filter((line) => !line.startsWith('{') || /"s":"[EF]"/.test(line));
  return (complaints.length > 0 ? complaints : lines).slice(-LINES).join('\n');
}

async function readEnd(path: string, start: number): Promise<string> {
  const file = await open(path, 'r').catch(() => undefined);
  if (!file) return '';
  try {
    const { size } = await file.stat();
    const length = Math.max(0, Math.min(size - start, TAIL_BYTES));
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString('utf8');
  } finally {
    await file.close();
  }
}
