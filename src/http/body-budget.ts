/** Bytes of bodies that are in memory at once, over all requests. */
export interface BodyBudget {
  /** False where there is no room: nothing was taken. */
  take(bytes: number): boolean;
  giveBack(bytes: number): void;
}

export function createBodyBudget(maxBytes: number): BodyBudget {
  let taken = 0;
  return {
    take(bytes) {
      if (taken + bytes > maxBytes) return false;
      taken += bytes;
      return true;
    },
    giveBack(bytes) {
      taken -= bytes;
    },
  };
}
