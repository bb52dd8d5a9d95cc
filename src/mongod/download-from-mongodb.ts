import type { RequestOptions } from 'node:https';
import { MongoBinaryDownload } from 'mongodb-memory-server-core/lib/util/MongoBinaryDownload.js';
import type { MongoBinaryOpts } from 'mongodb-memory-server-core/lib/util/MongoBinary.js';
import { getOS } from 'mongodb-memory-server-core/lib/util/getos/index.js';
import type { Progress } from './progress.ts';

/** Pinned, so that a start today and a start next year open the data with the same major. */
export const DOWNLOADED_VERSION = '7.0.28';

const TRIES = 2;
const RETRY_BASE_MS = 200;
const SILENCE_LIMIT_MS = 10_000;
const PROGRESS_EVERY_MS = 2_000;

/** MongoDB's own build for this machine, fetched into `folder` by mongodb-memory-server; we only use its download. */
export async function downloadFromMongodb(
  folder: string,
  { progress, signal }: { progress: Progress; signal: AbortSignal },
): Promise<string> {
  const options: MongoBinaryOpts = { version: DOWNLOADED_VERSION, downloadDir: folder, os: await getOS() };
  return new OurDownload(options, progress, signal).getMongodPath();
}

class OurDownload extends MongoBinaryDownload {
  readonly #progress: Progress;
  readonly #signal: AbortSignal;

  constructor(options: MongoBinaryOpts, progress: Progress, signal: AbortSignal) {
    super(options);
    this.#progress = progress;
    this.#signal = signal;
  }

  /**
   * The library accepts any certificate unless npm says otherwise and tries for minutes. We execute
   * what comes back, so the certificate is checked; and a host that is cut off must be known in seconds.
   */
  override httpDownload(url: URL, options: RequestOptions, to: string, temporary: string): Promise<string> {
    const strict = { ...options, rejectUnauthorized: true, signal: this.#signal };
    return super.httpDownload(url, strict, to, temporary, TRIES, RETRY_BASE_MS, SILENCE_LIMIT_MS);
  }

  override printDownloadProgress(chunk: { length: number }): void {
    const state = this.dlProgress;
    state.current += chunk.length;
    const now = performance.now();
    if (now - state.lastPrintedAt < PROGRESS_EVERY_MS || state.length < 1_000_000) return;
    state.lastPrintedAt = now;
    this.#progress(`  ${(state.current / 2 ** 20).toFixed(0)} of ${state.totalMb} MB`);
  }
}
