/** All numbers of lists that are sorted each, sorted. */
export function mergeSorted(lists: readonly Float64Array[]): Float64Array {
  let left = lists;
  while (left.length > 1) left = inPairs(left);
  return left[0] ?? new Float64Array();
}

function inPairs(lists: readonly Float64Array[]): Float64Array[] {
  const merged: Float64Array[] = [];
  for (let at = 0; at < lists.length; at += 2) {
    merged.push(mergeTwo(lists[at] ?? new Float64Array(), lists[at + 1] ?? new Float64Array()));
  }
  return merged;
}

function mergeTwo(a: Float64Array, b: Float64Array): Float64Array {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const merged = new Float64Array(a.length + b.length);
  let [fromA, fromB] = [0, 0];
  for (let at = 0; at < merged.length; at += 1) {
    const nextA = a[fromA] ?? Infinity;
    const nextB = b[fromB] ?? Infinity;
    if (nextA <= nextB) fromA += 1;
    else fromB += 1;
    merged[at] = Math.min(nextA, nextB);
  }
  return merged;
}
