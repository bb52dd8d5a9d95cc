import { createHash } from 'node:crypto';
import { toWellFormed } from '../domain/well-formed.ts';

const MAX_LENGTH = 200;

/** A foreign id as a key may hold it: one of unreasonable length is replaced by its hash, so that it stays distinct. */
export function boundedId(id: string): string {
  if (id.length <= MAX_LENGTH) return toWellFormed(id);
  return `sha256:${createHash('sha256').update(id).digest('hex')}`;
}
