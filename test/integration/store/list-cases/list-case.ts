import type { Connection } from 'mongoose';

/** How a list of the schema is to be tried. */
export interface ListCase {
  /** The field that gives it, as `Query.receipts`. Of an interface's field: the interface's. */
  field: string;
  /** The operation around the list, where it does not stand at the root. */
  around?: (list: string) => string;
  /** Values to be tried, by the path of the argument or of the filter's field: all that the schema offers. */
  filters: Readonly<Record<string, readonly unknown[]>>;
  /** What is usually asked for together. */
  together?: readonly Readonly<Record<string, unknown>>[];
  /** Arguments that must be given. */
  always?: Readonly<Record<string, unknown>>;
  /** What is found on the way through the list: an index more would cost every write. */
  passesOver?: Matches;
  /** What is sorted where little matches, and else found on the way: the planner weighs one against the other. */
  maySort?: Matches;
  /** Of what goes with some orders only: which. */
  orders?: Readonly<Record<string, readonly string[]>>;
}

/** Whether it is among the values that are asked for. */
type Matches = (values: Readonly<Record<string, unknown>>) => boolean;

export const anyOf =
  (...paths: string[]): Matches =>
  (values) =>
    paths.some((path) => path in values);

/** Cases over the same rows. */
export interface ListCases {
  /** A few thousand rows, so that the planner has to choose, unless told otherwise. */
  insert(connection: Connection, count?: number): Promise<unknown>;
  cases: readonly ListCase[];
}

export const T0 = Date.parse('2026-03-04T05:00:00.000Z');

/** The n-th minute. */
export const at = (n: number): Date => new Date(T0 + n * 60_000);

/** An id as it is made in the n-th minute. */
export const idAt = (n: number, kind = '8000'): string => {
  const hex = at(n).getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-${kind}-${String(n).padStart(12, '0')}`;
};

/** What a range of time looks like as a variable. */
export const between = (from: number, until: number) => ({
  from: at(from).toISOString(),
  until: at(until).toISOString(),
});

export const times = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));
