import { DatabaseAwayError } from '../domain/commit-errors.ts';
import { addCounts, countAttempt, newTally, spanStart } from '../domain/endpoint-figures.ts';
import type { AttemptTally, CountedAttempt } from '../domain/endpoint-figures.ts';
import { abortableSleep } from '../kernel/abortable-sleep.ts';
import type { Logger } from '../kernel/logger.ts';
import { startWorkerLoop } from '../kernel/worker-loop.ts';
import type { EndpointFiguresStore, SpanCounts } from '../store/endpoint-figures-store.ts';

/** Disposing it writes what is not written yet. */
export interface FiguresWriter extends AsyncDisposable {
  /** Counts it in memory. */
  attempted(endpointId: string, attempt: CountedAttempt): void;
}

interface FiguresWriterDeps {
  figures: Pick<EndpointFiguresStore, 'add'>;
  logger: Pick<Logger, 'warn'>;
  /** A process that dies loses figures of so long at most. */
  flushMs?: number;
}

const MAX_BATCH = 200;
/** Only where the database is away for long does anything near it come together. */
const MAX_SPANS = 50_000;
const LAST_FLUSH_MS = 2000;

interface Span extends SpanCounts {
  counts: AttemptTally;
}

/**
 * Counts attempts in memory and adds them to the store every few seconds, apart from what is recorded of deliveries: no
 * push waits for it, and a process that dies loses the last seconds of figures, never a delivery.
 */
export function startFiguresWriter({ figures, logger, flushMs = 5000 }: FiguresWriterDeps): FiguresWriter {
  /** The span that each endpoint counts into. */
  let running = new Map<string, Span>();
  /** Full spans, and what could not be written. */
  let unwritten: Span[] = [];
  let closing: Promise<void> | undefined;

  const takeAll = (): Span[] => {
    const all = [...unwritten, ...running.values()];
    unwritten = [];
    running = new Map();
    return all;
  };

  /** However often the database is away, there is one entry for each span. */
  const putBack = (spans: readonly Span[]): void => {
    const merged = new Map<string, Span>();
    for (const span of [...spans, ...unwritten]) {
      const key = `${span.start.getTime()}:${span.endpointId}`;
      const same = merged.get(key);
      if (same) addCounts(same.counts, span.counts);
      else merged.set(key, span);
    }
    unwritten = [...merged.values()].slice(-MAX_SPANS);
  };

  const flush = async (): Promise<void> => {
    const left = takeAll();
    while (left.length > 0) {
      const batch = left.splice(0, MAX_BATCH);
      try {
        await figures.add(batch);
      } catch (error) {
        if (error instanceof DatabaseAwayError) {
          putBack([...batch, ...left]);
          throw error;
        }
        // Some of them may be written, and adding those again would count them twice.
        logger.warn({ err: error, spans: batch.length }, 'figures of endpoints not kept');
      }
    }
  };

  const loop = startWorkerLoop({
    async turn() {
      await flush();
      return 'idle';
    },
    onError: (error) => logger.warn({ err: error }, 'figures of endpoints not written yet'),
    pollMs: flushMs,
  });

  const close = async (): Promise<void> => {
    const done = new AbortController();
    const last = async (): Promise<void> => {
      await loop[Symbol.asyncDispose]();
      await flush();
    };
    try {
      await Promise.race([last(), abortableSleep(LAST_FLUSH_MS, done.signal)]);
    } finally {
      done.abort();
    }
  };

  return {
    attempted(endpointId, attempt) {
      const start = spanStart(attempt.at.getTime());
      let span = running.get(endpointId);
      if (span?.start.getTime() !== start) {
        if (span) unwritten.push(span);
        span = { endpointId, start: new Date(start), counts: newTally() };
        running.set(endpointId, span);
      }
      countAttempt(span.counts, attempt);
    },
    [Symbol.asyncDispose]: () => (closing ??= close()),
  };
}
