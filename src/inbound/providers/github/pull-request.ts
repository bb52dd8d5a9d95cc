import { z } from 'zod';
import type { JsonValue } from '../../../kernel/canonical-json.ts';
import { claimedTime } from '../../claimed-time.ts';
import { ignored } from '../../ignored.ts';
import { at, textAt } from '../../json-reading.ts';
import { quoted } from '../../limited-text.ts';
import type { InterpretContext, Interpretation } from '../../provider.ts';
import { schemaProblems } from '../../schema-problems.ts';
import { createDeployment } from './create-deployment.ts';

const number = z.int().positive().nullish();
const repository = z.looseObject({ full_name: z.string().min(1).max(300).nullish() }).nullish();

/** What identifies the change. The guide's payload has no `repository`, no `number` outside and no time. */
const pullRequestEvent = z.looseObject({
  action: z.string(),
  number,
  pull_request: z.looseObject({
    number,
    title: z.string().nullish(),
    merged: z.boolean().nullish(),
    merge_commit_sha: z.string().max(200).nullish(),
    base: z.looseObject({ repo: repository }).nullish(),
  }),
  repository,
});

export function interpretPullRequest(payload: JsonValue, context: InterpretContext): Interpretation {
  // Before anything is checked: an action that we do not act on is never an error.
  const action = textAt(payload, 'action');
  if (action !== null && action !== 'closed') {
    return ignored(`pull_request ${quoted(action)}: only a closed and merged one is a deployment`);
  }
  const parsed = pullRequestEvent.safeParse(payload);
  if (!parsed.success) return { kind: 'INVALID', problems: schemaProblems(parsed.error) };
  const { data } = parsed;
  if (data.pull_request.merged !== true)
    return ignored('pull_request closed without a merge: not a deployment');
  return mergedPullRequest(payload, context, {
    number: data.pull_request.number ?? data.number ?? null,
    repository: data.repository?.full_name ?? data.pull_request.base?.repo?.full_name ?? null,
    title: data.pull_request.title ?? null,
    sha: data.pull_request.merge_commit_sha || null,
  });
}

interface PullRequest {
  number: number | null;
  repository: string | null;
  title: string | null;
  sha: string | null;
}

function mergedPullRequest(payload: JsonValue, context: InterpretContext, pull: PullRequest): Interpretation {
  const { number, repository } = pull;
  if (number === null || repository === null) {
    const problems = [
      ...(number === null ? [{ path: 'pull_request.number', message: 'Required' }] : []),
      ...(repository === null
        ? [{ path: 'repository.full_name', message: 'Required, here or in pull_request.base.repo' }]
        : []),
    ];
    return { kind: 'INVALID', problems };
  }
  const warnings: string[] = [];
  // Only decoration is read from the payload here: `merged_by` and others may be null, or of any type.
  const details = at(payload, 'pull_request');
  const draft = {
    key: `pr:${repository}#${number}`,
    kind: 'PR_MERGED',
    repository,
    title: pull.title?.trim() || `Pull request #${number}`,
    sha: pull.sha,
    url: textAt(details, 'html_url'),
    author: textAt(details, 'user', 'login') ?? textAt(details, 'merged_by', 'login'),
    environment: null,
    outcome: null,
    // It is merged once.
    revision: null,
    claimed: claimedTime(at(details, 'merged_at'), 'pull_request.merged_at', warnings),
  } as const;
  return createDeployment(draft, context, warnings);
}
