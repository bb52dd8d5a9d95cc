import { afterAllKnown } from './after-all-known.ts';
import { attachEvidence } from './attach-evidence.ts';
import { done } from './done.ts';
import { deploymentText } from './deployment-text.ts';
import { isRelated } from './deployment.ts';
import type { Draft } from './draft.ts';
import { decideEndpointReport } from './endpoint-incident.ts';
import type { FoldContext } from './fold-context.ts';
import { foldSignal, writeChange } from './fold-signal.ts';
import { appendEvent } from './incident-event.ts';
import type { IncidentState, StatusSignal } from './incident-state.ts';
import { keyId } from './incident-state.ts';
import { joinSignals } from './join-signals.ts';
import { keyedId } from './keyed-id.ts';
import { positionOf } from './position.ts';
import { refuse } from './refusal.ts';
import { reopenIncident } from './reopen-incident.ts';
import type { KeyReuse, Signal, SignalKind } from './signal.ts';
import type { CommandResult, CommandSubmission, IncidentCommand } from './submission.ts';

/** Keys of incidents that a person opened. */
export const MUTATION_SOURCE = 'mutation';

/** What a person's command comes to. A command that would change nothing succeeds and writes nothing. */
export function decideCommand(
  draft: Draft,
  submission: CommandSubmission,
  context: FoldContext,
): CommandResult {
  const { command } = submission;
  if (command.kind === 'CREATE_INCIDENT') return createIncident(draft, submission, command, context);
  if (command.kind === 'REPORT_ENDPOINT') return decideEndpointReport(draft, submission, command, context);
  const state = draft.incident(command.incidentId);
  if (state === null) return refuse('NOT_FOUND', `no incident ${command.incidentId}`, ['input', 'id']);
  const { status } = state.incident;
  switch (command.kind) {
    case 'ACKNOWLEDGE_INCIDENT':
      if (status === 'RESOLVED') {
        return refuse('CONFLICT', 'the incident is resolved: reopen it first', ['input', 'id']);
      }
      if (status === 'ACKNOWLEDGED' && command.note === null) return done(state);
      return personSignal(draft, state, submission, { kind: 'ACKNOWLEDGE', text: command.note }, context);
    case 'RESOLVE_INCIDENT':
      if (status === 'RESOLVED') return noted(draft, state, submission, command.note, context);
      return personSignal(draft, state, submission, { kind: 'RESOLVE', text: command.note }, context);
    case 'REOPEN_INCIDENT':
      return status === 'RESOLVED'
        ? reopenIncident(draft, state, (epoch) =>
            personSignal(draft, state, submission, { kind: 'REOPEN', text: command.note, epoch }, context),
          )
        : noted(draft, state, submission, command.note, context);
    case 'UPDATE_INCIDENT':
      return updateIncident(draft, state, submission, command, context);
    case 'ADD_TIMELINE_ENTRY':
      return addTimelineEntry(draft, state, submission, command, context);
    case 'ADD_EVIDENCE':
      return addEvidence(draft, state, submission, command, context);
    case 'RELATE_DEPLOYMENT':
      return relateDeployment(draft, state, command, context);
  }
}

type CommandOf<K extends IncidentCommand['kind']> = Extract<IncidentCommand, { kind: K }>;

/** Creating again with the same client key gives the incident of the first time. */
function createIncident(
  draft: Draft,
  { id, actor }: CommandSubmission,
  { fields, clientMutationKey }: CommandOf<'CREATE_INCIDENT'>,
  context: FoldContext,
): CommandResult {
  const externalKey = clientMutationKey ?? id;
  const known = draft.key(keyId(MUTATION_SOURCE, externalKey))?.currentIncidentId ?? null;
  const existing = known === null ? null : draft.incident(known);
  if (existing !== null) return done(existing);
  const key = { source: MUTATION_SOURCE, externalKey, reuse: 'ONCE' as KeyReuse, synthetic: true };
  const at = context.receivedAt;
  const signal: Signal = {
    id,
    kind: 'TRIGGER',
    key,
    occurredAt: at,
    claimedAt: null,
    tie: id,
    fields,
    text: null,
    actor,
  };
  const { incidentId } = foldSignal(draft, signal, context);
  const state = incidentId === null ? null : draft.incident(incidentId);
  if (state === null) throw new Error('a created incident is not in the draft');
  return { kind: 'DONE', incident: state.incident, entry: draft.entries.get(id) ?? null, evidence: null };
}

interface PersonSignal {
  kind: SignalKind;
  text: string | null;
  occurredAt?: Date | null;
  fields?: Signal['fields'];
  epoch?: number;
}

/** A person's action is newer than all the incident has seen: it never loses to a provider's fast clock. */
function personSignal(
  draft: Draft,
  state: IncidentState,
  { id, actor }: CommandSubmission,
  { kind, text, occurredAt = null, fields = {}, epoch }: PersonSignal,
  context: FoldContext,
): CommandResult {
  const { fold, incident } = state;
  const actedAt = afterAllKnown(state, context.receivedAt);
  const key = { source: incident.keySource, externalKey: fold.key, reuse: fold.reuse, synthetic: false };
  const signal: Signal = {
    id,
    kind,
    key,
    occurredAt: occurredAt ?? actedAt,
    claimedAt: null,
    tie: id,
    fields,
    text,
    actor,
  };
  const position = positionOf({ ...signal, occurredAt: actedAt }, epoch ?? epochOf(fold.signals, kind));
  const by = incident.keySource === MUTATION_SOURCE ? 'SOURCE' : 'PERSON';
  const change = joinSignals(
    state,
    [{ signal, position, by, receivedAt: context.receivedAt, receiptId: null }],
    { eventId: context.nextId(), now: context.now },
  );
  const heldKey = draft.key(fold.key);
  if (heldKey !== null) draft.keys.set(heldKey.id, heldKey);
  writeChange(draft, change);
  return { kind: 'DONE', incident: change.state.incident, entry: change.put.at(-1) ?? null, evidence: null };
}

/** Somebody was quicker: nothing changes, but what was said is kept. */
function noted(
  draft: Draft,
  state: IncidentState,
  submission: CommandSubmission,
  text: string | null,
  context: FoldContext,
): CommandResult {
  return text === null
    ? done(state)
    : personSignal(draft, state, submission, { kind: 'NOTE', text }, context);
}

/** What the source took back without saying when sorts last in its epoch: only the next epoch comes after it. */
function epochOf(signals: readonly StatusSignal[], kind: SignalKind): number {
  const newest = signals.reduce((max, { position }) => Math.max(max, position.epoch), 0);
  const takenBack = signals.some(
    (known) =>
      known.kind === 'UNACKNOWLEDGE' && known.position.epoch === newest && known.position.section === 'LAST',
  );
  return kind === 'ACKNOWLEDGE' && takenBack ? newest + 1 : newest;
}

function updateIncident(
  draft: Draft,
  state: IncidentState,
  submission: CommandSubmission,
  { fields }: CommandOf<'UPDATE_INCIDENT'>,
  context: FoldContext,
): CommandResult {
  const { incident } = state;
  const changed = Object.entries(fields).filter(
    ([name, value]) => incident[name as keyof typeof fields] !== value,
  );
  if (changed.length === 0) return done(state);
  const text = `changed ${changed.map(([name]) => name).join(', ')}`;
  return personSignal(draft, state, submission, { kind: 'UPDATE', text, fields }, context);
}

/**
 * Adding again under the same client key gives the entry of the first time. It is looked for once the incident is known:
 * what is added later changes the incident's version, and so fails this commit.
 */
function addTimelineEntry(
  draft: Draft,
  state: IncidentState,
  submission: CommandSubmission,
  { text, occurredAt, clientMutationKey = null }: CommandOf<'ADD_TIMELINE_ENTRY'>,
  context: FoldContext,
): CommandResult {
  const note = { kind: 'NOTE', text, occurredAt } as const;
  if (clientMutationKey === null) return personSignal(draft, state, submission, note, context);
  const id = keyedId('ENTRY', state.incident.id, clientMutationKey);
  const known = draft.entry(id);
  return known === null
    ? personSignal(draft, state, { ...submission, id }, note, context)
    : { kind: 'DONE', incident: state.incident, entry: known, evidence: null };
}

/** Adding again under the same client key gives the evidence of the first time; see `addTimelineEntry`. */
function addEvidence(
  draft: Draft,
  state: IncidentState,
  { id: freshId, actor }: CommandSubmission,
  {
    evidence: { kind, title, text, url, occurredAt: claimed },
    clientMutationKey = null,
  }: CommandOf<'ADD_EVIDENCE'>,
  context: FoldContext,
): CommandResult {
  const { incident } = state;
  const id = clientMutationKey === null ? freshId : keyedId('EVIDENCE', incident.id, clientMutationKey);
  const known = clientMutationKey === null ? null : draft.evidenceById(id);
  if (known !== null) return { kind: 'DONE', incident, entry: null, evidence: known };
  const occurredAt = claimed ?? context.receivedAt;
  const given = { id, kind, title, text, url, source: actor ?? 'person', occurredAt };
  const { state: after, evidence } = attachEvidence(draft, state, given, context);
  return { kind: 'DONE', incident: after.incident, entry: null, evidence };
}

/** Once per incident, deployment and outcome, however often it is tried; nothing where they no longer relate. */
function relateDeployment(
  draft: Draft,
  state: IncidentState,
  { deploymentId }: CommandOf<'RELATE_DEPLOYMENT'>,
  { now, nextId }: FoldContext,
): CommandResult {
  const known = draft.deployment(deploymentId);
  const { id: incidentId } = state.incident;
  if (
    known === null ||
    known.relatedTo.includes(incidentId) ||
    !isRelated(known.deployment, state.incident)
  ) {
    return done(state);
  }
  const { id, occurredAt } = known.deployment;
  const text = deploymentText(known.deployment);
  const details = { entries: [{ id, kind: 'DEPLOYMENT' as const, text, occurredAt }] };
  const { state: after, event } = appendEvent(
    state,
    { id: nextId(), type: 'TIMELINE_UPDATED', occurredAt, details },
    now,
  );
  draft.deployments.set(deploymentId, { ...known, relatedTo: [...known.relatedTo, incidentId] });
  draft.incidents.set(incidentId, after);
  draft.events.push(event);
  return done(after);
}
