import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { MongodVersion } from './mongod-version.ts';
import { formatMongodVersion, parseMongodVersion } from './mongod-version.ts';

const OLDEST_MAJOR = 6;
const PROBE_TIMEOUT_MS = 20_000;

export interface UsableMongod {
  path: string;
  version: MongodVersion;
}

export type ProbeOutcome =
  | ({ kind: 'usable' } & UsableMongod)
  | { kind: 'missing'; reason: string }
  | { kind: 'broken'; reason: string }
  | { kind: 'tooOld'; reason: string }
  | { kind: 'otherMajor'; reason: string };

/** Runs `mongod --version`: the one proof that a file is there, runs on this machine and has the right version. */
export async function probeMongod(path: string, wantedMajor?: number): Promise<ProbeOutcome> {
  let output: string;
  try {
    ({ stdout: output } = await promisify(execFile)(path, ['--version'], {
      timeout: PROBE_TIMEOUT_MS,
      killSignal: 'SIGKILL',
    }));
  } catch (error) {
    const failure = error as NodeJS.ErrnoException & { stderr?: string };
    if (failure.code === 'ENOENT') return { kind: 'missing', reason: 'is not there' };
    if (failure.code === 'EACCES') return { kind: 'broken', reason: 'is not executable' };
    return { kind: 'broken', reason: `does not run: ${failure.stderr?.trim() || failure.message}` };
  }
  const version = parseMongodVersion(output);
  if (!version) return { kind: 'broken', reason: 'prints no version for --version' };
  if (version.major < OLDEST_MAJOR) {
    return { kind: 'tooOld', reason: `is ${formatMongodVersion(version)}, older than ${OLDEST_MAJOR}.0` };
  }
  const reason = otherMajorReason(version, wantedMajor);
  return reason === undefined ? { kind: 'usable', path, version } : { kind: 'otherMajor', reason };
}

/** Why a mongod of this version must not open the data, or undefined if it may. */
export function otherMajorReason(version: MongodVersion, wantedMajor?: number): string | undefined {
  if (wantedMajor === undefined || version.major === wantedMajor) return undefined;
  return `is ${formatMongodVersion(version)}, but the data was written by MongoDB ${wantedMajor}`;
}
