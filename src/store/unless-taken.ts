import { isDuplicateKey } from './is-duplicate-key.ts';

/** Null where a unique index refused it. */
export async function unlessTaken<T>(writing: Promise<T>): Promise<T | null> {
  try {
    return await writing;
  } catch (error) {
    if (isDuplicateKey(error)) return null;
    throw error;
  }
}
