/** A list took the database too long to read: narrow the filter. Asking the same again will not help. */
export class ReadTooLongError extends Error {
  override readonly name = 'ReadTooLongError';
}
