import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

/** Makes an id that sorts by its time of birth (UUIDv7, RFC 9562). */
export type NewId = () => string;

const RANDOM_BYTES = 16;
const POOL_BYTES = RANDOM_BYTES * 256;

/** Ids that also sort among those of one millisecond. Random bytes are drawn in bulk: a draw for each id shows in profiles. */
function createNewId(): NewId {
  const pool = new Uint8Array(POOL_BYTES);
  let used = POOL_BYTES;
  let msecs = -Infinity;
  let seq = 0;
  return () => {
    if (used === POOL_BYTES) {
      randomFillSync(pool);
      used = 0;
    }
    const random = pool.subarray(used, used + RANDOM_BYTES);
    used += RANDOM_BYTES;
    const now = Date.now();
    if (now > msecs) {
      msecs = now;
      // 31 random bits, so that counting up has room.
      seq = new DataView(random.buffer, random.byteOffset).getUint32(0) >>> 1;
    } else {
      seq += 1;
    }
    return v7({ msecs, seq, random });
  };
}

export const newId: NewId = createNewId();

const MAX_MSECS = 2 ** 48 - 1;

/** No id born at this time or later sorts before it, and every earlier one does. */
export function leastIdAt(time: Date): string {
  const msecs = Math.min(Math.max(time.getTime(), 0), MAX_MSECS);
  const hex = msecs.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}
