import { z } from 'zod';
import { deploymentRevision } from '../../../domain/deployment-revision.ts';
import type { Deployment, DeploymentOutcome } from '../../../domain/deployment.ts';
import type { JsonValue } from '../../../kernel/canonical-json.ts';
import { claimedTime } from '../../claimed-time.ts';
import { ignored } from '../../ignored.ts';
import { at, textAt } from '../../json-reading.ts';
import { quoted } from '../../limited-text.ts';
import type { InterpretContext, Interpretation } from '../../provider.ts';
import { schemaProblems } from '../../schema-problems.ts';
import { createDeployment } from './create-deployment.ts';
import { idField, repositoryField, shaField } from './payload-fields.ts';

/** `inactive` is not among them: it says that a later deployment replaced this one, not that this one failed. */
export const OUTCOME_OF_STATE: ReadonlyMap<string, DeploymentOutcome> = new Map([
  ['queued', 'IN_PROGRESS'],
  ['pending', 'IN_PROGRESS'],
  ['waiting', 'IN_PROGRESS'],
  ['in_progress', 'IN_PROGRESS'],
  ['success', 'SUCCEEDED'],
  ['failure', 'FAILED'],
  ['error', 'FAILED'],
]);

const deploymentEvent = z.looseObject({
  deployment: z.looseObject({ id: idField, sha: shaField.nullish() }),
  repository: repositoryField,
});
const deploymentStatusEvent = deploymentEvent.extend({ deployment_status: z.looseObject({ id: idField }) });

export function interpretDeployment(payload: JsonValue, context: InterpretContext): Interpretation {
  const unfit = whyIgnored(payload, 'deployment');
  if (unfit !== null) return ignored(unfit);
  const parsed = deploymentEvent.safeParse(payload);
  if (!parsed.success) return { kind: 'INVALID', problems: schemaProblems(parsed.error) };
  const warnings: string[] = [];
  const claimed = claimedTime(at(payload, 'deployment', 'created_at'), 'deployment.created_at', warnings);
  // Of one second, a status is later than what it is a status of.
  const revision = deploymentRevision(claimed, 0);
  const draft = deployed(payload, parsed.data, { outcome: 'IN_PROGRESS', revision });
  return createDeployment({ ...draft, claimed }, context, warnings);
}

export function interpretDeploymentStatus(payload: JsonValue, context: InterpretContext): Interpretation {
  const unfit = whyIgnored(payload, 'deployment_status');
  if (unfit !== null) return ignored(unfit);
  const state = textAt(payload, 'deployment_status', 'state') ?? 'none';
  const outcome = OUTCOME_OF_STATE.get(state);
  if (outcome === undefined) return ignored(whyNoOutcome(state));
  const parsed = deploymentStatusEvent.safeParse(payload);
  if (!parsed.success) return { kind: 'INVALID', problems: schemaProblems(parsed.error) };
  const warnings: string[] = [];
  const claimed = claimedTime(
    at(payload, 'deployment_status', 'created_at'),
    'deployment_status.created_at',
    warnings,
  );
  const revision = deploymentRevision(claimed, parsed.data.deployment_status.id);
  const draft = deployed(payload, parsed.data, { outcome, revision });
  return createDeployment({ ...draft, claimed }, context, warnings);
}

/** Before anything is checked: what we do not act on is never an error. */
function whyIgnored(payload: JsonValue, event: 'deployment' | 'deployment_status'): string | null {
  const action = textAt(payload, 'action');
  if (action !== null && action !== 'created') return `${event} ${quoted(action)}: only "created" counts`;
  const deployment = at(payload, 'deployment');
  const passing = at(deployment, 'transient_environment') === true;
  return passing && at(deployment, 'production_environment') !== true
    ? `${event} to an environment that GitHub calls transient, such as the preview of a pull request: not production`
    : null;
}

function whyNoOutcome(state: string): string {
  return state === 'inactive'
    ? 'deployment_status "inactive": a later deployment replaced this one, or its environment is gone; its outcome stays'
    : `deployment_status ${quoted(state)}: no state that is known`;
}

/** All but the time. A status may name another environment than the deployment began with. */
function deployed(
  payload: JsonValue,
  { deployment, repository }: z.infer<typeof deploymentEvent>,
  stands: Pick<Deployment, 'outcome' | 'revision'>,
) {
  const status = at(payload, 'deployment_status');
  const begun = at(payload, 'deployment');
  return {
    ...stands,
    key: `deployment:${repository.full_name}#${deployment.id}`,
    kind: 'DEPLOYED',
    repository: repository.full_name,
    title: titleOf(begun, textAt(status, 'description') ?? textAt(begun, 'description')),
    sha: deployment.sha ?? null,
    url:
      textAt(status, 'log_url') ??
      textAt(status, 'target_url') ??
      textAt(payload, 'workflow_run', 'html_url'),
    author: textAt(begun, 'creator', 'login') ?? textAt(payload, 'sender', 'login'),
    environment: (textAt(status, 'environment') ?? textAt(begun, 'environment'))?.trim() ?? null,
  } as const;
}

/** Such as `main@4c9e1f7`, behind what GitHub was told of it; with its task where that is not simply to deploy. */
function titleOf(deployment: JsonValue, description: string | null): string {
  const ref = textAt(deployment, 'ref');
  const sha = textAt(deployment, 'sha');
  const branch = ref === sha ? null : ref;
  const commit = [branch, sha?.slice(0, 7)].filter((part) => part != null).join('@');
  const task = textAt(deployment, 'task');
  const what = [task === 'deploy' ? null : task, commit].filter(Boolean).join(' ') || 'a deployment';
  return description === null ? what : `${description.trim()} (${what})`;
}
