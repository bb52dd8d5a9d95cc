import { createHash } from 'node:crypto';

/**
 * The id of what a client adds to an incident under a key of its own: the same key on the same incident is the same id,
 * in whichever process. In the form of a UUID of version 8, which is for such uses.
 */
export function keyedId(kind: 'ENTRY' | 'EVIDENCE', incidentId: string, clientMutationKey: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([kind, incidentId, clientMutationKey]))
    .digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x80, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  return hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
