import { codedError } from '../errors/coded-error.ts';
import type { GraphqlDeps } from '../graphql-deps.ts';
import { LIMITS, tooComplex } from '../limits/operation-limits.ts';

/** The start of a receipt's body as text; null where the body is no longer kept. */
export type ReadBodyText = (receiptId: string, maxBytes: number) => Promise<string | null>;

const MAX_BYTES = 1024 * 1024;

/**
 * Bodies may be large, and a list may ask for a hundred of them: an operation reads one at a time, once for all aliases,
 * and no more once it has as much text as it may have.
 */
export function createBodyTextReader({ receipts }: Pick<GraphqlDeps, 'receipts'>): ReadBodyText {
  /** Those whose turn has not come yet, or that are being read. */
  const waiting = new Map<string, Promise<Buffer | null>>();
  let last: Promise<unknown> = Promise.resolve();
  let spent = 0;

  const spend = (bytes: number): void => {
    spent += bytes;
    if (spent > LIMITS.bodyBytes) throw tooComplex('bodyBytes', null);
  };

  const bodyOf = (receiptId: string): Promise<Buffer | null> => {
    const shared = waiting.get(receiptId);
    if (shared !== undefined) return shared;
    const turn = last.then(() => {
      spend(0);
      return receipts.body(receiptId);
    });
    waiting.set(receiptId, turn);
    last = turn.catch(() => undefined).finally(() => waiting.delete(receiptId));
    return turn;
  };

  return async (receiptId, maxBytes) => {
    if (maxBytes < 1 || maxBytes > MAX_BYTES) {
      throw codedError('BAD_USER_INPUT', 'maxBytes must be between 1 and 1,048,576.');
    }
    const start = (await bodyOf(receiptId))?.subarray(0, maxBytes);
    if (start === undefined) return null;
    spend(start.length);
    // As a stream: a character that is cut in half at the end is left out.
    return new TextDecoder().decode(start, { stream: true });
  };
}
