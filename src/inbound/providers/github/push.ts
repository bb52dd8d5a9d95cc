import { z } from 'zod';
import { deploymentRevision } from '../../../domain/deployment-revision.ts';
import type { JsonValue } from '../../../kernel/canonical-json.ts';
import { claimedTime } from '../../claimed-time.ts';
import { ignored } from '../../ignored.ts';
import { at, listAt, textAt } from '../../json-reading.ts';
import { quoted } from '../../limited-text.ts';
import type { InterpretContext, Interpretation } from '../../provider.ts';
import { schemaProblems } from '../../schema-problems.ts';
import { createDeployment } from './create-deployment.ts';
import { repositoryField, shaField } from './payload-fields.ts';

const BRANCH = 'refs/heads/';

const pushEvent = z.looseObject({ ref: z.string(), after: shaField, repository: repositoryField });

export function interpretPush(payload: JsonValue, context: InterpretContext): Interpretation {
  const unfit = whyNotProduction(payload);
  if (unfit !== null) return ignored(unfit);
  const parsed = pushEvent.safeParse(payload);
  if (!parsed.success) return { kind: 'INVALID', problems: schemaProblems(parsed.error) };
  const { after: sha, repository } = parsed.data;
  const warnings: string[] = [];
  const claimed = pushedAt(payload, warnings);
  const draft = {
    key: `push:${repository.full_name}@${sha}`,
    kind: 'PUSHED',
    repository: repository.full_name,
    title: titleOf(payload) ?? sha.slice(0, 7),
    sha,
    url: textAt(payload, 'compare') ?? textAt(payload, 'head_commit', 'url'),
    author: textAt(payload, 'sender', 'login') ?? textAt(payload, 'pusher', 'name'),
    environment: null,
    outcome: null,
    // A commit may be pushed anew, to go back to it: then the last time counts.
    revision: deploymentRevision(claimed, 0),
    claimed,
  } as const;
  return createDeployment(draft, context, warnings);
}

function whyNotProduction(payload: JsonValue): string | null {
  const ref = textAt(payload, 'ref');
  if (ref === null) return null;
  if (at(payload, 'deleted') === true) return `push that deletes ${quoted(ref)}: nothing reached production`;
  if (!ref.startsWith(BRANCH)) {
    return `push of ${quoted(ref)}: only the default branch counts, and of tags what is released or deployed`;
  }
  const branch = ref.slice(BRANCH.length);
  const main = textAt(payload, 'repository', 'default_branch');
  if (main === null) return 'push: the payload does not say which branch is the default one';
  return branch === main
    ? null
    : `push to ${quoted(branch)}: only the default branch, ${quoted(main)}, counts`;
}

/** A commit may be much older than the push that brought it. In a push, and only there, `pushed_at` is in seconds. */
function pushedAt(payload: JsonValue, warnings: string[]): Date | null {
  const seconds = at(payload, 'repository', 'pushed_at');
  const time = typeof seconds === 'number' ? new Date(seconds * 1000) : null;
  if (time !== null && !Number.isNaN(time.getTime())) return time;
  return claimedTime(at(payload, 'head_commit', 'timestamp'), 'head_commit.timestamp', warnings);
}

function titleOf(payload: JsonValue): string | null {
  const line = textAt(payload, 'head_commit', 'message')?.trim().split('\n', 1)[0]?.trim() ?? null;
  const others = listAt(payload, 'commits').length - 1;
  return line === null || others < 1
    ? line
    : `${line} (and ${others} more ${others === 1 ? 'commit' : 'commits'})`;
}
