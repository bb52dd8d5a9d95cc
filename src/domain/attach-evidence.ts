import { createHash } from 'node:crypto';
import type { Draft } from './draft.ts';
import type { Evidence } from './evidence.ts';
import type { FoldContext } from './fold-context.ts';
import { appendEvent } from './incident-event.ts';
import type { IncidentState } from './incident-state.ts';

export type NewEvidence = Pick<Evidence, 'id' | 'kind' | 'title' | 'text' | 'url' | 'source' | 'occurredAt'>;

export function evidenceOf(
  { incident }: IncidentState,
  given: NewEvidence,
  { now }: Pick<FoldContext, 'now'>,
): Evidence {
  const { kind, title, text, url } = given;
  const hash = createHash('sha256')
    .update(JSON.stringify([kind, title, text, url]))
    .digest('hex');
  return { ...given, incidentId: incident.id, recordedAt: now, hash };
}

/** Adds evidence to an incident that is told of already: an event of its own. */
export function attachEvidence(
  draft: Draft,
  state: IncidentState,
  given: NewEvidence,
  { now, nextId }: Pick<FoldContext, 'now' | 'nextId'>,
): { state: IncidentState; evidence: Evidence } {
  const evidence = evidenceOf(state, given, { now });
  const { id, kind, title, text, url, occurredAt } = evidence;
  const details = { evidence: [{ id, kind, title, text, url, occurredAt }] };
  const { state: after, event } = appendEvent(
    state,
    { id: nextId(), type: 'EVIDENCE_ADDED', occurredAt, details },
    now,
  );
  draft.incidents.set(after.incident.id, after);
  draft.evidence.push(evidence);
  draft.events.push(event);
  return { state: after, evidence };
}
