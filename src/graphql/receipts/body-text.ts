import { codedError } from '../errors/coded-error.ts';
import type { GraphqlDeps } from '../graphql-deps.ts';

/** The start of a receipt's body as text; null where the body is no longer kept. */
export type ReadBodyText = (receiptId: string, maxBytes: number) => Promise<string | null>;

const MAX_BYTES = 1024 * 1024;

/** Bodies may be large, and a list may ask for a hundred of them: an operation reads one at a time. */
export function createBodyTextReader({ receipts }: Pick<GraphqlDeps, 'receipts'>): ReadBodyText {
  let last: Promise<unknown> = Promise.resolve();

  const read = async (receiptId: string, maxBytes: number): Promise<string | null> => {
    const body = await receipts.body(receiptId);
    // As a stream: a character that is cut in half at the end is left out.
    return body === null ? null : new TextDecoder().decode(body.subarray(0, maxBytes), { stream: true });
  };

  return (receiptId, maxBytes) => {
    if (maxBytes < 1 || maxBytes > MAX_BYTES) {
      throw codedError('BAD_USER_INPUT', 'maxBytes must be between 1 and 1,048,576.');
    }
    const turn = last.then(() => read(receiptId, maxBytes));
    last = turn.catch(() => undefined);
    return turn;
  };
}
