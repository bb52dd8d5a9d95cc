import { afterAllKnown } from './after-all-known.ts';
import { attachEvidence, evidenceOf } from './attach-evidence.ts';
import type { NewEvidence } from './attach-evidence.ts';
import { done } from './done.ts';
import type { Draft } from './draft.ts';
import { endpointIncidentKey, OPSLENS_SOURCE } from './endpoint-incident-key.ts';
import type { EndpointReport } from './endpoint-report.ts';
import type { FoldContext } from './fold-context.ts';
import { foldSignal } from './fold-signal.ts';
import { keyId } from './incident-state.ts';
import type { IncidentState } from './incident-state.ts';
import { refuse } from './refusal.ts';
import type { Signal } from './signal.ts';
import type { CommandResult, CommandSubmission } from './submission.ts';

/**
 * What a report of an endpoint makes of the endpoint's incident. The same report again changes nothing, so two processes
 * that both make it do no harm.
 */
export function decideEndpointReport(
  draft: Draft,
  { id, actor }: CommandSubmission,
  { endpointId, report }: { endpointId: string; report: EndpointReport },
  context: FoldContext,
): CommandResult {
  const current = currentIncident(draft, endpointId);
  const tie = `${report.kind}:${report.since.toISOString()}`;
  if (report.kind === 'WELL') {
    if (current === null) return refuse('NOT_FOUND', 'the endpoint has no incident', ['endpointId']);
    if (current.incident.status === 'RESOLVED') return done(current);
  } else if (current !== null && knows(current, tie)) {
    return done(current);
  }
  const signal: Signal = {
    id,
    kind: report.kind === 'WELL' ? 'RESOLVE' : 'TRIGGER',
    key: endpointIncidentKey(endpointId),
    // Processes that report in turn have clocks of their own: what is reported later happened later.
    occurredAt: current === null ? report.since : afterAllKnown(current, report.since),
    claimedAt: null,
    tie,
    fields: report.kind === 'WELL' ? {} : report.fields,
    text: report.kind === 'WELL' ? report.reason : null,
    actor,
  };
  const { incidentId } = foldSignal(draft, signal, context);
  const state = incidentId === null ? null : draft.incident(incidentId);
  if (state === null) throw new Error(`the report of endpoint ${endpointId} met no incident`);
  if (report.kind === 'WELL') return done(state);
  const isNew = current?.incident.id !== state.incident.id;
  return withAttempts(draft, state, { report, isNew }, context);
}

/** Evidence that an incident is opened with is told of by its opening. */
function withAttempts(
  draft: Draft,
  state: IncidentState,
  { report, isNew }: { report: Extract<EndpointReport, { log: string }>; isNew: boolean },
  context: FoldContext,
): CommandResult {
  const given: NewEvidence = {
    id: context.nextId(),
    kind: 'LOG',
    title: 'Last attempts',
    text: report.log,
    url: null,
    source: OPSLENS_SOURCE,
    occurredAt: report.since,
  };
  if (!isNew) return done(attachEvidence(draft, state, given, context).state);
  draft.evidence.push(evidenceOf(state, given, context));
  return done(state);
}

function currentIncident(draft: Draft, endpointId: string): IncidentState | null {
  const { source, externalKey } = endpointIncidentKey(endpointId);
  const incidentId = draft.key(keyId(source, externalKey))?.currentIncidentId ?? null;
  return incidentId === null ? null : draft.incident(incidentId);
}

function knows({ fold }: IncidentState, tie: string): boolean {
  return [...fold.signals, ...fold.repeats].some(({ position }) => position.tie === tie);
}
