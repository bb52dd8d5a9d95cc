import type { mongo } from 'mongoose';
import type { KeysetOrder } from './keyset-page.ts';

/** Reads these columns of a row alone, and always its id. */
function onlyColumns(columns: readonly string[]): mongo.Document {
  const projection: mongo.Document = { _id: 1 };
  for (const column of columns) if (column !== 'id') projection[column] = 1;
  return projection;
}

/** Of a page only these columns and what it is sorted by; whole rows, or what `otherwise` says, where none are named. */
export function pageColumns(
  { field }: KeysetOrder,
  columns: readonly string[] | undefined,
  otherwise?: mongo.Document,
): { projection?: mongo.Document } {
  if (columns !== undefined) return { projection: onlyColumns([field, ...columns]) };
  return otherwise === undefined ? {} : { projection: otherwise };
}
