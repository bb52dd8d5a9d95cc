import type { JsonValue } from '../../../kernel/canonical-json.ts';
import { textAt } from '../../json-reading.ts';
import { limitText } from '../../limited-text.ts';

/** Who did it; null where a service or an integration did, or nobody is named. */
export function personName(agent: JsonValue | undefined, warnings: string[]): string | null {
  const type = textAt(agent, 'type');
  const name = textAt(agent, 'summary');
  if (name === null || (type !== null && !type.startsWith('user'))) return null;
  return limitText(name, 'actor', warnings);
}
