/** The newest entries, at most so many. */
export type RecentMap<Value> = Pick<Map<string, Value>, 'get' | 'delete'> & {
  set(key: string, value: Value): void;
  deleteWhere(isGone: (value: Value) => boolean): void;
};

export function createRecentMap<Value>(max: number): RecentMap<Value> {
  const entries = new Map<string, Value>();
  return {
    get: (key) => entries.get(key),
    delete: (key) => entries.delete(key),
    deleteWhere(isGone) {
      for (const [key, value] of entries) if (isGone(value)) entries.delete(key);
    },
    set(key, value) {
      // Put behind all others, so that the first is always the oldest.
      entries.delete(key);
      entries.set(key, value);
      const [oldest] = entries.keys();
      if (entries.size > max && oldest !== undefined) entries.delete(oldest);
    },
  };
}
