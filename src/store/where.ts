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

/** Absent: no condition. */
export function within(field: string, range: TimeRange | undefined): mongo.Document {
  if (range?.from === undefined && range?.until === undefined) return {};
  return { [field]: { ...(range.from && { $gte: range.from }), ...(range.until && { $lt: range.until }) } };
}
