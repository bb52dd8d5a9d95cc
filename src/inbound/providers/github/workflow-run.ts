import { z } from 'zod';
import { deploymentRevision } from '../../../domain/deployment-revision.ts';
import type { JsonValue } from '../../../kernel/canonical-json.ts';
import { claimedTime } from '../../claimed-time.ts';
import { ignored } from '../../ignored.ts';
import { at, textAt } from '../../json-reading.ts';
import { quoted } from '../../limited-text.ts';
import type { InterpretContext, Interpretation } from '../../provider.ts';
import { schemaProblems } from '../../schema-problems.ts';
import { createDeployment } from './create-deployment.ts';
import { idField, repositoryField, shaField } from './payload-fields.ts';

/** Conclusions of runs that failed, and what a title adds about them. */
const FAILED: ReadonlyMap<string, string> = new Map([
  ['failure', ''],
  ['timed_out', ' timed out'],
  ['startup_failure', ' could not start'],
]);

const workflowRunEvent = z.looseObject({
  workflow_run: z.looseObject({
    id: idField,
    head_sha: shaField.nullish(),
    run_attempt: z.int().nonnegative().nullish(),
  }),
  repository: repositoryField,
});

export function interpretWorkflowRun(payload: JsonValue, context: InterpretContext): Interpretation {
  const run = at(payload, 'workflow_run');
  const unfit = whyIgnored(payload, run);
  if (unfit !== null) return ignored(unfit);
  const parsed = workflowRunEvent.safeParse(payload);
  if (!parsed.success) return { kind: 'INVALID', problems: schemaProblems(parsed.error) };
  const { repository, workflow_run: known } = parsed.data;
  const attempt = known.run_attempt ?? 1;
  const warnings: string[] = [];
  const claimed = claimedTime(at(run, 'updated_at'), 'workflow_run.updated_at', warnings);
  const draft = {
    key: `workflow-run:${repository.full_name}#${known.id}`,
    kind: 'WORKFLOW_RUN',
    repository: repository.full_name,
    title: titleOf(payload, run, attempt),
    sha: known.head_sha ?? null,
    url: textAt(run, 'html_url'),
    author: textAt(run, 'actor', 'login') ?? textAt(payload, 'sender', 'login'),
    environment: null,
    outcome: 'FAILED',
    // A run that was started again and failed again.
    revision: deploymentRevision(claimed, attempt),
    claimed,
  } as const;
  return createDeployment(draft, context, warnings);
}

/** What succeeded tells of no trouble, and what ran elsewhere than on the default branch cannot have reached production. */
function whyIgnored(payload: JsonValue, run: JsonValue): string | null {
  const action = textAt(payload, 'action');
  if (action !== null && action !== 'completed')
    return `workflow_run ${quoted(action)}: only "completed" counts`;
  const conclusion = textAt(run, 'conclusion');
  if (conclusion === null) return 'workflow_run without a conclusion: only one that failed counts';
  if (!FAILED.has(conclusion))
    return `workflow_run that ended as ${quoted(conclusion)}: only one that failed counts`;
  return whyNotProduction(payload, run);
}

function whyNotProduction(payload: JsonValue, run: JsonValue): string | null {
  const event = textAt(run, 'event') ?? '';
  const fork = textAt(run, 'head_repository', 'full_name');
  // The default branch of a fork has the same name as ours.
  if (
    event.startsWith('pull_request') ||
    (fork !== null && fork !== textAt(payload, 'repository', 'full_name'))
  ) {
    return 'workflow_run for a pull request or a fork: only runs on the default branch count';
  }
  const branch = textAt(run, 'head_branch');
  const main = textAt(payload, 'repository', 'default_branch');
  if (main === null) return 'workflow_run: the payload does not say which branch is the default one';
  return branch === main
    ? null
    : `workflow_run on ${quoted(branch ?? 'no branch')}: only the default branch, ${quoted(main)}, counts`;
}

/** Such as `deploy-production #318 timed out (attempt 2): Raise pool size`. */
function titleOf(payload: JsonValue, run: JsonValue, attempt: number): string {
  const name = textAt(run, 'name') ?? textAt(payload, 'workflow', 'name') ?? 'a workflow';
  const number = at(run, 'run_number');
  const change = textAt(run, 'display_title');
  return [
    name.trim(),
    typeof number === 'number' ? ` #${number}` : '',
    FAILED.get(textAt(run, 'conclusion') ?? '') ?? '',
    attempt > 1 ? ` (attempt ${attempt})` : '',
    change === null ? '' : `: ${change.trim()}`,
  ].join('');
}
