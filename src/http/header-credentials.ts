import type { Credentials } from '../access/authenticator.ts';

/** Where a request carries its key. */
export function headerCredentials(headers: Readonly<Record<string, string>>): Credentials {
  return { authorization: headers['authorization'], apiKey: headers['x-api-key'] };
}
