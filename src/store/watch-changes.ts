import { mongo } from 'mongoose';
import { abortableSleep } from '../kernel/abortable-sleep.ts';

interface Watch<Row extends mongo.Document> {
  rows: mongo.Collection<Row>;
  /** Ends it, and whatever it waits for. */
  signal: AbortSignal;
  /** Called when the stream broke and is about to be opened anew. */
  onBroken: (error: unknown) => void;
}

/** Ids are handed on so many at a time. */
const BATCH = 200;
const REOPEN_MS = 500;
/** ChangeStreamFatalError, ChangeStreamHistoryLost, InvalidResumeToken. */
const CANNOT_RESUME = new Set([280, 286, 260]);

/**
 * Ids of rows as they are inserted or changed, from now on until the signal aborts. Only ids, since who listens may want
 * few of them. A stream that breaks, as when the database restarts, is resumed where it stopped while that can be.
 */
export async function* changedIds<Row extends { _id: string }>({
  rows,
  signal,
  onBroken,
}: Watch<Row>): AsyncGenerator<string[], void, void> {
  let resumeAfter: unknown;
  while (!signal.aborted) {
    const stream = rows.watch<Row, IdChange>(
      [
        { $match: { operationType: { $in: ['insert', 'update', 'replace'] } } },
        { $project: { documentKey: 1 } },
      ],
      { batchSize: BATCH, ...(resumeAfter !== undefined && { resumeAfter }) },
    );
    const close = (): void => void stream.close().catch(() => undefined);
    signal.addEventListener('abort', close, { once: true });
    try {
      for (;;) {
        const ids = await nextIds(stream);
        resumeAfter = stream.resumeToken;
        yield ids;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof mongo.MongoServerError && CANNOT_RESUME.has(Number(error.code)))
        resumeAfter = undefined;
      else resumeAfter = stream.resumeToken ?? resumeAfter;
      onBroken(error);
    } finally {
      signal.removeEventListener('abort', close);
      await stream.close().catch(() => undefined);
    }
    await abortableSleep(REOPEN_MS, signal);
  }
}

interface IdChange extends mongo.Document {
  _id: unknown;
  documentKey: { _id: string };
}

/** Waits for one, then takes what came with it. A row that changed often is named once. */
async function nextIds(stream: mongo.ChangeStream<mongo.Document, IdChange>): Promise<string[]> {
  const ids = new Set([(await stream.next()).documentKey._id]);
  while (stream.bufferedCount() > 0 && ids.size < BATCH) {
    const change = await stream.tryNext();
    if (change !== null) ids.add(change.documentKey._id);
  }
  return [...ids];
}
