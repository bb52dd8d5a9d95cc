import type { mongo } from 'mongoose';
import { countRows } from './count-rows.ts';
import type { ReadableRows } from './readable-rows.ts';
import { MAX_READ_MS, reading } from './reading.ts';

/** A place in a list: the value that the list is sorted by (a time in milliseconds), then the id. */
export interface KeysetKey {
  value: number;
  id: string;
}

export interface PageQuery {
  /** Items wanted, at least 1. */
  size: number;
  /** Counts from the end of the list; the page itself is in the list's order all the same. */
  backward: boolean;
  after: KeysetKey | null;
  before: KeysetKey | null;
}

export interface Page<T> {
  items: T[];
  /** Whether the list goes on in the direction asked for. */
  more: boolean;
  /** Counts the whole list, where that is cheap: null beyond 10,000. Reads the database only when it is called. */
  count?: () => Promise<number | null>;
}

/** The order of a list: one field, then the id in the same direction. An index must hold exactly these two. */
export interface KeysetOrder {
  field: string;
  /** No two rows have the same value: the id takes no part, and need not be in the index. */
  isUnique?: true;
  type: 'DATE' | 'NUMBER' | 'ID';
  direction: 1 | -1;
}

interface Scan<Row extends mongo.Document> {
  rows: Pick<ReadableRows<Row>, 'page' | 'countDocuments'>;
  filter: mongo.Document;
  order: KeysetOrder;
  query: PageQuery;
  projection?: mongo.Document;
}

export async function readPage<Row extends mongo.Document, Read extends mongo.Document = Row>(
  scan: Scan<Row>,
): Promise<Page<Read>> {
  const page = toPage(await scanRows<Row, Read>(scan, scan.query.size + 1), scan.query);
  return { ...page, count: () => countRows(scan.rows, scan.filter) };
}

/** At most `limit` rows in the direction of the query: from the end of the list where it is backward. */
export async function scanRows<Row extends mongo.Document, Read extends mongo.Document = Row>(
  { rows, filter, order, query, projection }: Scan<Row>,
  limit: number,
): Promise<Read[]> {
  const direction = query.backward ? (-order.direction as 1 | -1) : order.direction;
  const found = rows.page<Read>({ $and: [filter, ...bounds(order, query)] } as mongo.Filter<Row>, {
    sort: sortBy(order, direction),
    limit,
    maxTimeMS: MAX_READ_MS,
    ...(projection && { projection }),
  });
  return reading(found);
}

function sortBy({ field, type, isUnique }: KeysetOrder, direction: 1 | -1): Record<string, 1 | -1> {
  if (type === 'ID') return { _id: direction };
  return isUnique ? { [field]: direction } : { [field]: direction, _id: direction };
}

/** Makes a page of what was scanned: one more than its size says that there is more. */
export function toPage<T>(scanned: readonly T[], { size, backward }: PageQuery): Page<T> {
  const items = scanned.slice(0, size);
  return { items: backward ? items.reverse() : items, more: scanned.length > size };
}

function bounds(order: KeysetOrder, { after, before }: PageQuery): mongo.Document[] {
  return [
    ...(after === null ? [] : [beyond(order, after, order.direction)]),
    ...(before === null ? [] : [beyond(order, before, -order.direction)]),
  ];
}

/** The first condition bounds the index; the second only drops those of the same value up to the id. */
function beyond(
  { field, type, isUnique }: KeysetOrder,
  { value, id }: KeysetKey,
  direction: number,
): mongo.Document {
  const [past, pastOrEqual] = direction > 0 ? (['$gt', '$gte'] as const) : (['$lt', '$lte'] as const);
  if (type === 'ID') return { _id: { [past]: id } };
  const at = type === 'DATE' ? new Date(value) : value;
  if (isUnique) return { [field]: { [past]: at } };
  return { [field]: { [pastOrEqual]: at }, $or: [{ [field]: { [past]: at } }, { _id: { [past]: id } }] };
}
