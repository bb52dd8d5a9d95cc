import type { JsonValue } from '../kernel/canonical-json.ts';
import { textAt } from './json-reading.ts';

const PREFIX = 'service:';

/** The service that tags name, as a list or as text with commas: `env:prod,service:checkout`. */
export function serviceOfTags(tags: JsonValue): string | null {
  const list = typeof tags === 'string' ? tags.split(',') : Array.isArray(tags) ? tags : [];
  for (const item of list as readonly JsonValue[]) {
    const tag = textAt(item)?.trim();
    if (tag?.startsWith(PREFIX) === true) return textAt(tag.slice(PREFIX.length).trim());
  }
  return null;
}
