import type { IncomingHttpHeaders } from 'node:http';

/**
 * One text for each name, in lower case. Node has already settled repeated ones: those that may stand once keep the
 * first, the others are joined by commas.
 */
export function plainHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) plain[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return plain;
}
