import { mongo } from 'mongoose';
import type { Model } from 'mongoose';
import { DatabaseAwayError } from '../domain/commit-errors.ts';
import { classifyRead } from './commit-errors.ts';
import { inOneReply } from './in-one-reply.ts';
import type { PageOptions } from './in-one-reply.ts';
import { nativeCollection, nativeDatabase } from './native-collection.ts';
import { readTurns } from './read-turns.ts';

/** What a reader needs of a collection. */
export interface ReadableRows<Row extends mongo.Document> extends Pick<
  mongo.Collection<Row>,
  'findOne' | 'countDocuments'
> {
  find<Read extends mongo.Document = mongo.WithId<Row>>(
    filter: mongo.Filter<Row>,
    options?: mongo.FindOptions,
  ): Rows<Read>;
  aggregate<Read extends mongo.Document>(
    pipeline: mongo.Document[],
    options?: mongo.AggregateOptions,
  ): Rows<Read>;
  /** The rows of a page, which come in one reply as a rule: twice as fast as by a cursor of the driver. */
  page<Read extends mongo.Document>(filter: mongo.Filter<Row>, options: PageOptions): Promise<Read[]>;
  /** For reads that may pass over very many rows, which no index leaves out. */
  readonly passingOver: ReadableRows<Row>;
}

/** Read where they are asked for as an array, all at once. */
interface Rows<Read> {
  toArray(): Promise<Read[]>;
}

/**
 * A collection as one operation reads it: its reads take turns, and once the signal aborts they end, in the database
 * too.
 */
export function readableRows<Row extends { _id: string }>(
  model: Model<Row>,
  signal: AbortSignal | undefined,
  passesOver = false,
): ReadableRows<Row> {
  const rows = nativeCollection(model);
  const db = nativeDatabase(model);
  const turns = readTurns(signal, passesOver);
  const inTurn = <T>(read: () => Promise<T>): Promise<T> => untilAborted(signal, () => turns(read));
  const arrayOf = <Read>(open: () => Rows<Read>): Rows<Read> => ({
    toArray: () => inTurn(() => open().toArray()),
  });
  const ends: mongo.Abortable = signal === undefined ? {} : { signal };

  const page = async <Read extends mongo.Document>(
    filter: mongo.Filter<Row>,
    options: PageOptions,
  ): Promise<Read[]> => {
    const byCursor = (): Promise<Read[]> =>
      rows.find<Read>(filter, { ...options, ...ends, batchSize: options.limit + 1 }).toArray();
    try {
      return (
        (await inOneReply<Read>(db, { find: rows.collectionName, filter, ...options }, ends)) ??
        (await byCursor())
      );
    } catch (error) {
      // The driver tries its own reads again where a server went away, and this one not.
      if (isWorthAnother(error)) return byCursor();
      throw error;
    }
  };

  return {
    get passingOver() {
      return readableRows(model, signal, true);
    },
    find: <Read extends mongo.Document>(filter: mongo.Filter<Row>, options: mongo.FindOptions = {}) =>
      arrayOf(() => rows.find<Read>(filter, { ...options, ...ends })),
    page: (filter, options) => inTurn(() => page(filter, options)),
    aggregate: <Read extends mongo.Document>(
      pipeline: mongo.Document[],
      options: mongo.AggregateOptions = {},
    ) => arrayOf(() => rows.aggregate<Read>(pipeline, { ...options, ...ends })),
    findOne: (filter: mongo.Filter<Row>, options: mongo.FindOneOptions = {}) =>
      inTurn(() => rows.findOne(filter, { ...options, ...ends })),
    countDocuments: (filter: mongo.Filter<Row> = {}, options: mongo.CountDocumentsOptions = {}) =>
      inTurn(() => rows.countDocuments(filter, { ...options, ...ends })),
  } as ReadableRows<Row>;
}

/** Where it is aborted the driver may stumble over the session or cursor that it ended itself, or give half a list. */
async function untilAborted<T>(signal: AbortSignal | undefined, read: () => Promise<T>): Promise<T> {
  signal?.throwIfAborted();
  try {
    return await read();
  } finally {
    signal?.throwIfAborted();
  }
}

/** Not where no server was found in all the time that there is to find one. */
function isWorthAnother(error: unknown): boolean {
  return (
    classifyRead(error) instanceof DatabaseAwayError && !(error instanceof mongo.MongoServerSelectionError)
  );
}
