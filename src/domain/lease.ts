/** How long a lease or a presence lasts from its renewal, by the server's clock. */
export const LEASE_MS = 10_000;

/**
 * How long its holder may rely on it, counted from the *start* of the call that acquired, renewed or extended it, by
 * the holder's own monotonic clock.
 */
export const LEASE_SAFE_MS = 9_000;
