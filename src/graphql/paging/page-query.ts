import type { PageQuery } from '../../store/keyset-page.ts';
import { codedError } from '../errors/coded-error.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import { decodeCursor } from './cursor.ts';

export interface PageArgs {
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}

const DEFAULT_SIZE = 25;
const MAX_SIZE = 100;

/** Reads the arguments of a list and charges its page to the operation. Throws `BAD_USER_INPUT` or `TOO_COMPLEX`. */
export function pageQuery(args: PageArgs, order: string, { rows }: Pick<GraphqlContext, 'rows'>): PageQuery {
  const first = args.first ?? null;
  const last = args.last ?? null;
  if (first !== null && last !== null) {
    throw codedError('BAD_USER_INPUT', 'Give either first or last, not both.');
  }
  const size = first ?? last ?? DEFAULT_SIZE;
  if (size < 1 || size > MAX_SIZE) {
    throw codedError(
      'BAD_USER_INPUT',
      `${last === null ? 'first' : 'last'} must be between 1 and ${MAX_SIZE}.`,
    );
  }
  rows.spend(size);
  return {
    size,
    backward: last !== null,
    after: args.after == null ? null : decodeCursor(order, args.after),
    before: args.before == null ? null : decodeCursor(order, args.before),
  };
}
