import { createGate } from '../kernel/gate.ts';
import type { Gate } from '../kernel/gate.ts';

/** One operation must not fill the queue that the reads of all others stand in. */
const OF_ONE_OPERATION = 8;
/** Reads that pass over rows which no index leaves out: each keeps a core of the database busy. */
const PASSING_OVER = 4;

/** All readers of an operation have its signal. */
const operations = new WeakMap<AbortSignal, Gate>();
/** Of the whole process. */
const passingOver = createGate(PASSING_OVER);

/**
 * Lets a read of the operation that ends with the signal wait its turn. What ends with none is not asked for by a client
 * and does not wait.
 */
export function readTurns(signal: AbortSignal | undefined, passesOver: boolean): Gate {
  if (signal === undefined) return (read) => read();
  let own = operations.get(signal);
  if (own === undefined) operations.set(signal, (own = createGate(OF_ONE_OPERATION)));
  const ofOperation = own;
  if (!passesOver) return (read) => ofOperation(read, signal);
  return (read) => ofOperation(() => passingOver(read, signal), signal);
}
