import type { Interpretation } from '../../provider.ts';

export function ignored(reason: string): Interpretation {
  return { kind: 'IGNORED', reason };
}
