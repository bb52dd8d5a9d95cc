/** Settings that fit together badly; the message says what to change. */
export class RefusedStartError extends Error {
  override readonly name = 'RefusedStartError';
}
