import { codedError } from '../errors/coded-error.ts';

/** An input object without its nulls, all the way down: null and absent mean the same in a filter. */
export type Given<T> = T extends Date | readonly unknown[] | string | number | boolean
  ? T
  : { [K in keyof T]?: Given<NonNullable<T[K]>> };

const MAX_VALUES = 50;

/** Throws `BAD_USER_INPUT` where a list has more than 50 values. */
export function givenFilter<T extends object>(filter: T | null | undefined): Given<T> {
  const entries = Object.entries(filter ?? {}).flatMap(([name, value]): [string, unknown][] => {
    if (value === null || value === undefined) return [];
    if (Array.isArray(value) && value.length > MAX_VALUES) {
      throw codedError('BAD_USER_INPUT', `filter.${name} may have at most ${MAX_VALUES} values.`, {
        limit: `filter.${name}`,
        maximum: MAX_VALUES,
        actual: value.length,
      });
    }
    return [[name, isNested(value) ? givenFilter(value) : value]];
  });
  return Object.fromEntries(entries) as Given<T>;
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date);
}
