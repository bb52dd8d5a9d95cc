import { toWellFormed } from './well-formed.ts';

/** Signatures too: beside the body, one lets a reader try out guesses of a weak secret. */
const SENSITIVE = /authorization|cookie|secret|token|password|credential|signature|api-?key/i;
const REDACTED = '[redacted]';

/**
 * Headers as a ledger may keep them. `secrets` are texts that must appear in no value: proxies repeat the URL, and with
 * it a token in its path, in headers of their own.
 */
export function redactHeaders(
  headers: Readonly<Record<string, string>>,
  secrets: readonly string[],
): Record<string, string> {
  const spellings = secrets
    .filter((secret) => secret !== '')
    .flatMap((secret) => [secret, encodeURIComponent(toWellFormed(secret))]);
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      SENSITIVE.test(name)
        ? REDACTED
        : spellings.reduce((text, spelling) => text.replaceAll(spelling, REDACTED), value),
    ]),
  );
}
