import { z } from 'zod';
import type { KeysetKey } from '../../store/keyset-page.ts';
import { codedError } from '../errors/coded-error.ts';

const MAX_TIME = 8.64e15;
const cursorForm = z.tuple([
  z.string(),
  z.number().int().min(-MAX_TIME).max(MAX_TIME),
  z.string().min(1).max(400),
]);
const MAX_LENGTH = 1024;

/** Opaque to clients. Names its order, so that it cannot be used in a list sorted otherwise. */
export function encodeCursor(order: string, { value, id }: KeysetKey): string {
  return Buffer.from(JSON.stringify([order, value, id])).toString('base64url');
}

/** Throws `BAD_USER_INPUT` on anything that `encodeCursor` did not make for this order. */
export function decodeCursor(order: string, cursor: string): KeysetKey {
  const read = cursor.length > MAX_LENGTH ? null : cursorForm.safeParse(parse(cursor)).data;
  if (!read || read[0] !== order) {
    throw codedError('BAD_USER_INPUT', 'The cursor was not given by this list in this order.');
  }
  return { value: read[1], id: read[2] };
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}
