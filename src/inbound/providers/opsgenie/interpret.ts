import { z } from 'zod';
import type { SignalKind } from '../../../domain/signal.ts';
import type { JsonValue } from '../../../kernel/canonical-json.ts';
import { boundedId } from '../../bounded-id.ts';
import { createSignal } from '../../create-signal.ts';
import { epochTime } from '../../epoch-time.ts';
import { at, isObject, textAt } from '../../json-reading.ts';
import { limitText, quoted } from '../../limited-text.ts';
import type { InterpretContext, Interpretation } from '../../provider.ts';
import { schemaProblems } from '../../schema-problems.ts';
import { meaningOf } from '../../word-table.ts';
import { actionText } from './action-text.ts';
import { OPSGENIE_ACTIONS } from './actions.ts';
import { opsgenieFields } from './alert-fields.ts';

const alertSchema = z.looseObject({ alertId: z.string().regex(/\S/, 'must not be blank') });

export function interpretOpsgenie(payload: JsonValue, context: InterpretContext): Interpretation {
  const action = textAt(payload, 'action');
  const alert = at(payload, 'alert');
  if (action === null || !isObject(alert)) {
    const reason =
      'the body is no alert action of Opsgenie: it has not both a text `action` and an object `alert`';
    return { kind: 'IGNORED', reason };
  }
  const kind = meaningOf(OPSGENIE_ACTIONS, action);
  if (kind === null) return { kind: 'IGNORED', reason: `the action ${quoted(action)} is not acted on` };
  const parsed = alertSchema.safeParse(alert);
  if (!parsed.success) return { kind: 'INVALID', problems: schemaProblems(parsed.error, ['alert']) };
  const warnings: string[] = [];
  const text = actionText(action, payload);
  const actor = textAt(alert, 'username') ?? textAt(payload, 'source', 'name');
  const signal = createSignal(
    {
      kind,
      key: { externalKey: boundedId(parsed.data.alertId), reuse: 'ONCE', synthetic: false },
      ...whenOf(alert, kind, warnings),
      fields: kind === 'NOTE' ? {} : opsgenieFields(alert, { titleRequired: kind === 'TRIGGER' }, warnings),
      text: text === null ? null : limitText(text, 'text', warnings),
      actor: actor === null ? null : limitText(actor, 'actor', warnings),
    },
    context,
  );
  return { kind: 'MEANT', signals: [signal], deployments: [], warnings };
}

/**
 * An alert is created once, though each team that it is routed to is told so: the newest telling sorts last. All else
 * happened when the alert was updated, and after its creation. `updatedAt` is a time, never an id: JSON rounds it.
 */
function whenOf(
  alert: JsonValue,
  kind: SignalKind,
  warnings: string[],
): { claimed: Date | null; eventId: string | null } {
  const createdAt = epochTime(at(alert, 'createdAt'), 'alert.createdAt', warnings);
  const updatedAt = epochTime(at(alert, 'updatedAt'), 'alert.updatedAt', warnings);
  if (kind === 'TRIGGER')
    return { claimed: createdAt ?? updatedAt, eventId: updatedAt?.toISOString() ?? null };
  const claimed = createdAt !== null && updatedAt !== null && updatedAt < createdAt ? createdAt : updatedAt;
  return { claimed, eventId: null };
}
