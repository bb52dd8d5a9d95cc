import type { mongo } from 'mongoose';

/** Reads these columns of a row alone, and always its id. */
export function onlyColumns(columns: readonly string[]): mongo.Document {
  const projection: mongo.Document = { _id: 1 };
  for (const column of columns) if (column !== 'id') projection[column] = 1;
  return projection;
}
