import type { Signal } from '../domain/signal.ts';
import { plausibleTime } from '../domain/plausible-time.ts';
import type { JsonValue } from '../kernel/canonical-json.ts';
import type { AlertDialect, AlertKind } from './alert-dialect.ts';
import { alertFields } from './alert-fields.ts';
import { alertKey } from './alert-key.ts';
import { claimedTime } from './claimed-time.ts';
import { createSignal } from './create-signal.ts';
import { at, textAt } from './json-reading.ts';
import { limitText } from './limited-text.ts';
import type { InterpretContext } from './provider.ts';

export interface AlertPlace {
  kind: AlertKind;
  body: JsonValue;
  dialect: AlertDialect;
  context: InterpretContext;
  warnings: string[];
}

/**
 * The name of the one firing that a key with its start stands for. All that comes of it later has the same place in
 * time, since an alert has no time of change: what it says last of title and description counts until it is resolved.
 */
const FIRING = 'firing';

/** One alert of a group; null where it does not say which one it is. */
export function alertSignal(alert: JsonValue, place: AlertPlace): Signal | null {
  const { kind, body, dialect, context, warnings } = place;
  const startsAt = timeAt(alert, 'startsAt', place);
  const key = alertKey(alert, { startsAt, scope: dialect.scope(body) });
  if (key === null) return null;
  const title = dialect.title(alert);
  const text = kind === 'TRIGGER' ? textAt(alert, 'labels', 'alertname') : dialect.resolveText(alert);
  return createSignal(
    {
      kind,
      key,
      claimed: kind === 'TRIGGER' ? startsAt : resolvedAt(startsAt, timeAt(alert, 'endsAt', place)),
      eventId: kind === 'TRIGGER' && startsAt !== null ? FIRING : null,
      fields: alertFields(
        { alert, title, titleRequired: kind === 'TRIGGER', urls: dialect.urls(alert, body) },
        warnings,
      ),
      // The timeline opens with a label: unlike the summary, it is the same whichever firing came first.
      text: text === null ? null : limitText(text, 'text', warnings),
      actor: null,
    },
    context,
  );
}

/** Go writes "no time" as `0001-01-01T00:00:00Z`. */
function timeAt(alert: JsonValue, field: string, { context, warnings }: AlertPlace): Date | null {
  const time = claimedTime(at(alert, field), `${field} of an alert`, warnings);
  return plausibleTime(time, context.receivedAt).occurredAt === null ? null : time;
}

/** Not before the start of the firing that it ends, whatever the clocks say: it would meet no incident. */
function resolvedAt(startsAt: Date | null, endsAt: Date | null): Date | null {
  return startsAt !== null && endsAt !== null && endsAt < startsAt ? startsAt : endsAt;
}
