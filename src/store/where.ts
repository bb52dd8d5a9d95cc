import type { mongo } from 'mongoose';

/** From `from` up to, not including, `until`. */
export interface TimeRange {
  from?: Date;
  until?: Date;
}

/** Absent: no condition. */
export function anyOf(field: string, values: readonly (string | null)[] | undefined): mongo.Document {
  if (values === undefined) return {};
  return { [field]: values.length === 1 ? values[0] : { $in: values } };
}

/**
 * As `anyOf`. Where an index holds rows with the `held` values alone, the planner sees that it holds those with some of them
 * only if all of them are named too.
 */
export function anyOfHeld<T extends string>(
  field: string,
  values: readonly T[] | undefined,
  held: readonly T[],
): mongo.Document {
  if (values?.every((value) => held.includes(value)) !== true) return anyOf(field, values);
  return { $and: [anyOf(field, values), { [field]: { $in: [...held] } }] };
}

/** Absent: no condition. */
export function within(field: string, range: TimeRange | undefined): mongo.Document {
  if (range?.from === undefined && range?.until === undefined) return {};
  return { [field]: { ...(range.from && { $gte: range.from }), ...(range.until && { $lt: range.until }) } };
}
