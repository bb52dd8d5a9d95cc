import { randomBytes } from 'node:crypto';

/** Fit for a header and, for senders that can set none, for a part of the URL's path. */
export function makeSourceSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Short, since it stands in receipts; it tells nothing of the secret. */
export function makeSecretId(): string {
  return randomBytes(4).toString('hex');
}

/** Where a source's secret is sealed, so also where it is opened. */
export function sourceSecretPlace(sourceId: string, secretId: string): { recordId: string; field: string } {
  return { recordId: sourceId, field: `secret:${secretId}` };
}
