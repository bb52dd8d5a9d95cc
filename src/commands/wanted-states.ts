import { MUTATION_SOURCE } from '../domain/decide-command.ts';
import type { Wanted } from '../domain/draft.ts';
import { endpointIncidentKey } from '../domain/endpoint-incident-key.ts';
import { keyId, receiptKey } from '../domain/incident-state.ts';
import type { Submission } from '../domain/submission.ts';

/** What a decision on the submission reads first; the rest follows from what is found. */
export function wantedStates(submission: Submission): Wanted[] {
  if (submission.kind === 'COMMAND') {
    const { command, id } = submission;
    if (command.kind === 'CREATE_INCIDENT') {
      return [{ kind: 'key', id: keyId(MUTATION_SOURCE, command.clientMutationKey ?? id) }];
    }
    if (command.kind === 'REPORT_ENDPOINT') {
      const { source, externalKey } = endpointIncidentKey(command.endpointId);
      return [{ kind: 'key', id: keyId(source, externalKey) }];
    }
    const incident: Wanted = { kind: 'incident', id: command.incidentId };
    return command.kind === 'RELATE_DEPLOYMENT'
      ? [incident, { kind: 'deployment', id: command.deploymentId }]
      : [incident];
  }
  const { verdict, dedupKey, rerun } = submission;
  if (verdict.outcome === 'REJECTED' || verdict.outcome === 'FAILED') return [];
  const wanted: Wanted[] = dedupKey === null ? [] : [{ kind: 'dedupKey', id: dedupKey.value }];
  if (rerun !== undefined) wanted.push({ kind: 'readings', id: rerun.of });
  if (verdict.outcome === 'APPLIED') {
    for (const { key } of verdict.signals)
      wanted.push({ kind: 'key', id: keyId(key.source, key.externalKey) });
    for (const { naturalKey } of verdict.deployments) wanted.push({ kind: 'naturalKey', id: naturalKey });
  }
  return wanted;
}

/**
 * What cannot be there yet and need not be looked for: the key that was made of this very receipt. Where an earlier try
 * wrote it after all, the insert of this one fails, and the look-up of that try tells.
 */
export function freshStates(submission: Submission): Wanted[] {
  if (submission.kind !== 'WEBHOOK' || submission.verdict.outcome !== 'APPLIED') return [];
  const { receipt, verdict } = submission;
  return verdict.signals.flatMap(({ key }): Wanted[] =>
    key.synthetic && key.externalKey === receiptKey(receipt.id)
      ? [{ kind: 'key', id: keyId(key.source, key.externalKey) }]
      : [],
  );
}
