import type { JsonValue } from '../../../kernel/canonical-json.ts';
import { claimedTime } from '../../claimed-time.ts';
import { at, textAt } from '../../json-reading.ts';
import { keyOf } from './reading.ts';
import type { ReadingContext, SentryReading } from './reading.ts';

/** The resource `comment`. */
export function readComment(data: JsonValue, { action, sentAt, warnings }: ReadingContext): SentryReading {
  const comment = textAt(data, 'comment');
  const edited = action === 'updated' ? 'Comment edited' : 'Comment added';
  return {
    externalKey: keyOf('issue', at(data, 'issue_id')),
    idPath: 'data.issue_id',
    at: claimedTime(at(data, 'timestamp'), 'data.timestamp', warnings) ?? sentAt,
    tie: null,
    fields: {},
    text: action === 'updated' && comment !== null ? `${edited}: ${comment}` : (comment ?? edited),
  };
}
