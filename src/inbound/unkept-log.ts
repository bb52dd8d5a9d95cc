import type { Logger } from '../kernel/logger.ts';

/** Tells of webhooks that are refused too often for a line, and a receipt, each. */
export interface UnkeptLog extends Disposable {
  count(source: string, why: WhyUnkept): void;
}

/** Its source sends too fast; or nobody vouches for it, and there were many such. */
export type WhyUnkept = 'TOO_FAST' | 'STRANGER';

export interface UnkeptLogOptions {
  logger: Pick<Logger, 'warn'>;
  /** How often there is a line at most. */
  everyMs?: number;
}

const DEFAULT_EVERY_MS = 1000;
const MAX_SOURCES_NAMED = 20;

/** One line a second at most, whatever comes. */
export function createUnkeptLog({ logger, everyMs = DEFAULT_EVERY_MS }: UnkeptLogOptions): UnkeptLog {
  let tooFast = 0;
  let strangers = 0;
  const sources = new Set<string>();
  let timer: NodeJS.Timeout | null = null;

  const tell = (): void => {
    timer = null;
    logger.warn({ sources: [...sources], tooFast, strangers }, 'webhooks refused and not kept');
    tooFast = 0;
    strangers = 0;
    sources.clear();
  };

  return {
    count(source, why) {
      if (why === 'TOO_FAST') tooFast += 1;
      else strangers += 1;
      if (sources.size < MAX_SOURCES_NAMED) sources.add(source);
      timer ??= setTimeout(tell, everyMs).unref();
    },
    [Symbol.dispose]() {
      if (timer === null) return;
      clearTimeout(timer);
      tell();
    },
  };
}
