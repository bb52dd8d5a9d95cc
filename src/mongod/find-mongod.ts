import { chmod } from 'node:fs/promises';
import { resolve } from 'node:path';
import { cachedMongods, installMongod, withWorkFolder } from './mongod-cache.ts';
import { MONGOD_DOWNLOADS } from './mongod-downloads.ts';
import type { MongodDownload } from './mongod-downloads.ts';
import type { MongodTry } from './mongod-not-found-error.ts';
import { MongodNotFoundError } from './mongod-not-found-error.ts';
import { parseMongodVersion } from './mongod-version.ts';
import type { ProbeOutcome, UsableMongod } from './probe-mongod.ts';
import { otherMajorReason, probeMongod } from './probe-mongod.ts';
import type { Progress } from './progress.ts';

export interface FindMongodOptions {
  /** The path that a person configured (`MONGOD`). */
  mongodPath?: string | undefined;
  cacheDir: string;
  /** The major that wrote the data; any other is passed over. */
  wantedMajor?: number | undefined;
  progress: Progress;
  signal?: AbortSignal | undefined;
  downloads?: readonly MongodDownload[] | undefined;
}

interface Search extends FindMongodOptions {
  signal: AbortSignal;
  tries: MongodTry[];
}

/** Finds a mongod that runs here and may open the data; fetches one if the machine has none. */
export async function findMongod(options: FindMongodOptions): Promise<UsableMongod> {
  const search: Search = { ...options, signal: options.signal ?? new AbortController().signal, tries: [] };
  const found =
    (await findConfigured(search)) ??
    (await tryProgram(search, 'mongod', 'mongod on the PATH')) ??
    (await findCached(search)) ??
    (await findByDownload(search));
  if (!found) throw new MongodNotFoundError(search.tries);
  return found;
}

async function findConfigured(search: Search): Promise<UsableMongod | undefined> {
  if (!search.mongodPath) {
    passOver(search, 'MONGOD', 'not set');
    return undefined;
  }
  const outcome = await probeMongod(resolve(search.mongodPath), search.wantedMajor);
  if (outcome.kind === 'usable') return outcome;
  passOver(search, `MONGOD=${search.mongodPath}`, outcome.reason, 'tell');
  if (outcome.kind === 'otherMajor') return undefined;
  // Going on would let another server than the one asked for write the data, and fix its major for ever.
  passOver(search, 'anywhere else', 'not tried, since MONGOD names one: correct it or leave it out');
  throw new MongodNotFoundError(search.tries);
}

async function tryProgram(search: Search, path: string, where: string): Promise<UsableMongod | undefined> {
  search.signal.throwIfAborted();
  const outcome: ProbeOutcome = await probeMongod(path, search.wantedMajor);
  if (outcome.kind === 'usable') return outcome;
  passOver(search, where, outcome.reason, outcome.kind === 'missing' ? 'quiet' : 'tell');
  return undefined;
}

async function findCached(search: Search): Promise<UsableMongod | undefined> {
  const copies = await cachedMongods(search.cacheDir);
  if (copies.length === 0) passOver(search, `a copy kept in ${search.cacheDir}`, 'none there');
  for (const { path } of copies) {
    const found = await tryProgram(search, path, path);
    if (found) return found;
  }
  return undefined;
}

async function findByDownload(search: Search): Promise<UsableMongod | undefined> {
  for (const download of search.downloads ?? MONGOD_DOWNLOADS) {
    const version = parseMongodVersion(download.version);
    const refusal = download.refusal() ?? (version && otherMajorReason(version, search.wantedMajor));
    if (refusal !== undefined) {
      passOver(search, download.where, refusal);
      continue;
    }
    search.progress(`Downloading ${download.where} ...`);
    try {
      return await fetchAndKeep(search, download);
    } catch (error) {
      search.signal.throwIfAborted();
      passOver(search, download.where, error instanceof Error ? error.message : String(error), 'tell');
    }
  }
  return undefined;
}

function fetchAndKeep(search: Search, download: MongodDownload): Promise<UsableMongod> {
  return withWorkFolder(search.cacheDir, async (folder) => {
    const file = await download.fetch(folder, search);
    await chmod(file, 0o755);
    const outcome = await probeMongod(file, search.wantedMajor);
    if (outcome.kind !== 'usable') throw new Error(`the mongod that came ${outcome.reason}`);
    const path = await installMongod(search.cacheDir, file, outcome.version);
    search.progress(`Kept in ${path} for later starts`);
    return { path, version: outcome.version };
  });
}

function passOver(search: Search, where: string, reason: string, how: 'tell' | 'quiet' = 'quiet'): void {
  const line = reason.trim().replaceAll(/\s+/g, ' ');
  search.tries.push({ where, reason: line });
  if (how === 'tell') search.progress(`Passed over ${where}: ${line}`);
}
