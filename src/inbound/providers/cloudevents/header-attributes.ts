import type { Problem } from '../../intake.ts';
import { decodeUtf8 } from '../../parse-json.ts';
import { REQUIRED_ATTRIBUTES } from './content-mode.ts';

/** Those that mean something here. The type of the data is the request's content type. */
const NAMES = [...REQUIRED_ATTRIBUTES, 'subject', 'time'] as const;

/** The attributes of an event in the binary mode, and what is wrong with their encoding. */
export function headerAttributes(headers: Readonly<Record<string, string>>): {
  attributes: Record<string, string>;
  problems: Problem[];
} {
  const attributes: Record<string, string> = {};
  const problems: Problem[] = [];
  for (const name of NAMES) {
    const header = headers[`ce-${name}`];
    const value = header === undefined ? undefined : decodeHeader(header);
    if (value === null) problems.push({ path: `ce-${name}`, message: 'is not UTF-8 once it is decoded' });
    else if (value !== undefined) attributes[name] = value;
  }
  return { attributes, problems };
}

/** Quotes are taken off, then the percent encoding, once. Null where the bytes are not UTF-8. */
function decodeHeader(header: string): string | null {
  const value = header.trim();
  const isQuoted = value.length > 1 && value.startsWith('"') && value.endsWith('"');
  const text = isQuoted ? value.slice(1, -1).replaceAll(/\\(.)/g, '$1') : value;
  const bytes = text.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return decodeUtf8(Buffer.from(bytes, 'latin1'));
}
