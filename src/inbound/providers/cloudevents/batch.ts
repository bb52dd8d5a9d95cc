import type { Signal } from '../../../domain/signal.ts';
import { assertNever } from '../../../kernel/assert-never.ts';
import type { JsonValue } from '../../../kernel/canonical-json.ts';
import type { Problem } from '../../intake.ts';
import type { Interpretation } from '../../provider.ts';

/** All of them are committed as one. */
const MAX_EVENTS = 200;

/**
 * All events of a batch together. One that is wrong has the whole batch refused, so that its sender gets to know and none of
 * the others is taken twice; one that is not acted on does not keep the others from being taken.
 */
export function interpretBatch(
  batch: JsonValue,
  interpret: (event: JsonValue, index: number) => Interpretation,
): Interpretation {
  if (!isList(batch)) return invalid({ path: '', message: 'Expected a JSON array: a batch of CloudEvents' });
  if (batch.length === 0) return { kind: 'IGNORED', reason: 'the batch is empty' };
  if (batch.length > MAX_EVENTS) return invalid({ path: '', message: `more than ${MAX_EVENTS} events` });
  const signals: Signal[] = [];
  const problems: Problem[] = [];
  const reasons: string[] = [];
  const warnings: string[] = [];
  for (const [index, event] of batch.entries()) {
    const meaning = interpret(event, index);
    switch (meaning.kind) {
      case 'MEANT':
        signals.push(...meaning.signals);
        warnings.push(...meaning.warnings.map((warning) => `event ${index}: ${warning}`));
        break;
      case 'IGNORED':
        reasons.push(`event ${index}: ${meaning.reason}`);
        break;
      case 'INVALID':
        problems.push(...meaning.problems);
        break;
      default:
        assertNever(meaning);
    }
  }
  if (problems.length > 0) return invalid(...problems);
  if (signals.length === 0) return { kind: 'IGNORED', reason: reasons.join('; ') };
  return { kind: 'MEANT', signals, deployments: [], warnings: [...warnings, ...reasons] };
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function invalid(...problems: Problem[]): Interpretation {
  return { kind: 'INVALID', problems };
}
