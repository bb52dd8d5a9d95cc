/**
 * When Sentry made the webhook. It is not signed, so it orders only what carries no time of its own: whoever could change
 * it could as well send the same body at another time.
 */
export function hookTime(headers: Readonly<Record<string, string>>): Date | null {
  const seconds = headers['sentry-hook-timestamp']?.trim() ?? '';
  return /^\d{9,11}$/.test(seconds) ? new Date(Number(seconds) * 1000) : null;
}

/** It is in whole seconds: what follows on a beginning must not come to stand before it. */
export function notBefore(time: Date | null, beginning: Date | null): Date | null {
  return time !== null && beginning !== null && time < beginning ? beginning : time;
}
