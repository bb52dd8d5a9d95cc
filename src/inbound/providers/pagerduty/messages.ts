import type { Signal } from '../../../domain/signal.ts';
import type { JsonValue } from '../../../kernel/canonical-json.ts';
import type { Problem } from '../../intake.ts';
import { at, textAt } from '../../json-reading.ts';
import { quoted } from '../../limited-text.ts';
import type { InterpretContext, Interpretation } from '../../provider.ts';
import { interpretMessage } from './message.ts';
import { kindOfEvent } from './verbs.ts';

/** PagerDuty bundles what happens in quick succession: a handful. */
const MAX_MESSAGES = 200;

const V1_REASON =
  'this is the V1 form, which PagerDuty switched off in 2022: create a V3 webhook subscription and delete this webhook';

/** V2 and the guide's form. A message that is not acted on does not keep the others from being taken. */
export function interpretMessages(messages: readonly JsonValue[], context: InterpretContext): Interpretation {
  if (messages.length === 0) return { kind: 'IGNORED', reason: 'the list `messages` is empty' };
  if (messages.length > MAX_MESSAGES) {
    return {
      kind: 'INVALID',
      problems: [{ path: 'messages', message: `more than ${MAX_MESSAGES} messages` }],
    };
  }
  const signals: Signal[] = [];
  const problems: Problem[] = [];
  const passedOver: string[] = [];
  const warnings: string[] = [];
  for (const [index, message] of messages.entries()) {
    const reason = reasonToIgnore(message);
    if (reason !== null) {
      passedOver.push(reason);
      continue;
    }
    const read = interpretMessage(message, { index, context, warnings });
    if (read.kind === 'SIGNAL') signals.push(read.signal);
    else problems.push(...read.problems);
  }
  if (problems.length > 0) return { kind: 'INVALID', problems };
  const reasons = [...new Set(passedOver)];
  if (signals.length === 0) return { kind: 'IGNORED', reason: reasons.join('; ') };
  return { kind: 'MEANT', signals, deployments: [], warnings: [...warnings, ...reasons] };
}

function reasonToIgnore(message: JsonValue): string | null {
  const event = textAt(message, 'event');
  if (event !== null) {
    return kindOfEvent(event) === null ? `the event ${quoted(event)} is not acted on` : null;
  }
  return textAt(message, 'type') !== null && at(message, 'data') !== null ? V1_REASON : null;
}
