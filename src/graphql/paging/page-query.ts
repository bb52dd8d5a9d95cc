import type { PageQuery } from '../../store/keyset-page.ts';
import { codedError } from '../errors/coded-error.ts';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '../limits/page-size.ts';
import { decodeCursor } from './cursor.ts';

export interface PageArgs {
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}

/** Reads the arguments of a list. Throws `BAD_USER_INPUT`. */
export function pageQuery(args: PageArgs, order: string): PageQuery {
  const first = args.first ?? null;
  const last = args.last ?? null;
  if (first !== null && last !== null) {
    throw codedError('BAD_USER_INPUT', 'Give either first or last, not both.');
  }
  const size = first ?? last ?? DEFAULT_PAGE_SIZE;
  if (size < 1 || size > MAX_PAGE_SIZE) {
    const name = last === null ? 'first' : 'last';
    throw codedError('BAD_USER_INPUT', `${name} must be between 1 and ${MAX_PAGE_SIZE}.`, {
      limit: name,
      maximum: MAX_PAGE_SIZE,
      actual: size,
    });
  }
  return {
    size,
    backward: last !== null,
    after: args.after == null ? null : decodeCursor(order, args.after),
    before: args.before == null ? null : decodeCursor(order, args.before),
  };
}
