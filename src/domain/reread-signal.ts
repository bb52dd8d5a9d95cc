import type { Draft } from './draft.ts';
import { epochFor } from './epoch.ts';
import type { FoldContext } from './fold-context.ts';
import { writeChange } from './fold-signal.ts';
import type { FoldOutcome } from './fold-signal.ts';
import { keyId } from './incident-state.ts';
import { joinSignals } from './join-signals.ts';
import { positionOf } from './position.ts';
import type { Signal } from './signal.ts';
import { timed } from './timed.ts';

/**
 * What today's code reads otherwise in a signal that was folded before: its fields take the place of those of the
 * earlier reading, in the incident that the webhook was about. Nothing is counted, shown or opened a second time.
 */
export function rereadSignal(
  draft: Draft,
  arrived: Signal,
  incidentIds: readonly string[],
  context: FoldContext,
): FoldOutcome {
  const { receivedAt, receiptId, now } = context;
  const key = draft.key(keyId(arrived.key.source, arrived.key.externalKey));
  const incident = incidentIds.map((id) => draft.incident(id)).find((state) => state?.fold.key === key?.id);
  if (key === null || incident == null) return { effect: 'NOTHING_NEW', incidentId: null };
  const { signal } = timed(key, incident, arrived, context);
  const position = positionOf(signal, epochFor(key, incident, signal, receivedAt));
  const joining = { signal, position, by: 'SOURCE', receivedAt, receiptId, isReread: true } as const;
  const change = joinSignals(incident, [joining], { eventId: context.nextId(), now });
  const incidentId = incident.incident.id;
  if (change.event === null) return { effect: 'NOTHING_NEW', incidentId };
  writeChange(draft, change);
  return { effect: 'CHANGED', incidentId };
}
