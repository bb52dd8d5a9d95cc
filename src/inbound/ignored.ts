import type { Interpretation } from './provider.ts';

/** Nothing to act on, and why. */
export function ignored(reason: string): Interpretation {
  return { kind: 'IGNORED', reason };
}
