/** Absent means true. People who think in SQL write 1, 0 and texts. Null where it is neither. */
export function readFlag(value: unknown): boolean | null {
  if (value === undefined || value === null) return true;
  if (value === true || value === 1) return true;
  if (value === false || value === 0) return false;
  if (typeof value !== 'string') return null;
  const text = value.trim().toLowerCase();
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : null;
}
