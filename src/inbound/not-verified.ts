import type { Verification } from './provider.ts';

/** `path` is the header, or the field of the body, that is wrong or missing. */
export function notVerified(path: string, message: string): Extract<Verification, { matched: false }> {
  return { matched: false, problem: { path, message } };
}
