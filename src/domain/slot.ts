/** Endpoints are spread over so many slots; a process leases slots and with them all their endpoints. */
export const SLOT_COUNT = 64;

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** The endpoint's slot, from 0. Every process and version must agree on it: FNV-1a over UTF-16 units, then mixed. */
export function slotOf(endpointId: string): number {
  let hash = FNV_OFFSET;
  for (let at = 0; at < endpointId.length; at++) {
    hash = Math.imul(hash ^ endpointId.charCodeAt(at), FNV_PRIME);
  }
  // The low bits of FNV-1a depend on the low bits of its input alone.
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) % SLOT_COUNT;
}

/** How many slots one of so many processes may hold. Rounded up, so that the shares cover all slots. */
export function fairShare(liveProcesses: number): number {
  return Math.ceil(SLOT_COUNT / Math.max(1, liveProcesses));
}
