import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { on, once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export type OwnerLine =
  | { kind: 'up'; uri: string; mongodPid: number }
  | { kind: 'refused'; name: string; message: string }
  | { kind: 'interrupted' };

export interface Owner {
  pid: number;
  /** The next line that it says. */
  nextLine(): Promise<OwnerLine>;
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** What Ctrl-C in its terminal does: a signal to its whole process group. */
  interruptGroup(): void;
}

/** Runs `owner-process.ts` on the folder, as the leader of a process group of its own. */
export function startOwner(dataDir: string): Owner {
  const program = fileURLToPath(new URL('owner-process.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', program, dataDir], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
  const exited = once(child, 'exit');
  const lines = on(createInterface({ input: child.stdout }), 'line')[Symbol.asyncIterator]();
  onTestFinished(async () => {
    if (isRunning(child)) child.kill('SIGKILL');
    await exited;
  });
  return {
    pid: child.pid as number,
    async nextLine() {
      const { value } = (await lines.next()) as { value: [string] };
      return JSON.parse(value[0]) as OwnerLine;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async stop() {
      child.stdin.write('stop\n');
      await exited;
    },
    interruptGroup() {
      process.kill(-(child.pid as number), 'SIGINT');
    },
  };
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}
