/** Half a surrogate pair, which JSON may hold and UTF-8 cannot, becomes U+FFFD. */
export function toWellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
