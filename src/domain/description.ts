export const MAX_DESCRIPTION_LENGTH = 1000;

/** What a person says that something is, null or blank where nothing; undefined where it cannot be used. */
export function readDescription(value: unknown): string | null | undefined {
  if (value === null) return null;
  if (typeof value !== 'string') return undefined;
  const text = value.trim().replace(/\p{Surrogate}/gu, '\ufffd');
  if (text === '') return null;
  return text.length <= MAX_DESCRIPTION_LENGTH ? text : undefined;
}
