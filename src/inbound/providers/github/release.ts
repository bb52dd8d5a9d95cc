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
import { idField, repositoryField } from './payload-fields.ts';

const COMMIT = /^[0-9a-f]{40}$/;

const releaseEvent = z.looseObject({
  release: z.looseObject({ id: idField, tag_name: z.string().min(1) }),
  repository: repositoryField,
});

export function interpretRelease(payload: JsonValue, context: InterpretContext): Interpretation {
  const unfit = whyIgnored(payload);
  if (unfit !== null) return ignored(unfit);
  const parsed = releaseEvent.safeParse(payload);
  if (!parsed.success) return { kind: 'INVALID', problems: schemaProblems(parsed.error) };
  const { release, repository } = parsed.data;
  const details = at(payload, 'release');
  const target = textAt(details, 'target_commitish');
  const warnings: string[] = [];
  const claimed = releasedAt(payload, warnings);
  const draft = {
    key: `release:${repository.full_name}#${release.id}`,
    kind: 'RELEASE',
    repository: repository.full_name,
    title: titleOf(release.tag_name.trim(), textAt(details, 'name')?.trim() ?? ''),
    // Mostly the name of a branch, which says nothing of the commit.
    sha: target !== null && COMMIT.test(target) ? target : null,
    url: textAt(details, 'html_url'),
    author: textAt(details, 'author', 'login') ?? textAt(payload, 'sender', 'login'),
    environment: null,
    outcome: null,
    revision: deploymentRevision(claimed, 0),
    claimed,
  } as const;
  return createDeployment(draft, context, warnings);
}

/**
 * GitHub sends `published` for prereleases too, and `released` for all others: when they are published, and when a
 * prerelease becomes one, of which nothing else tells.
 */
function whyIgnored(payload: JsonValue): string | null {
  const action = textAt(payload, 'action');
  if (action !== null && action !== 'published' && action !== 'released') {
    return `release ${quoted(action)}: only "published" and "released" count`;
  }
  if (at(payload, 'release', 'draft') === true) return 'release that is a draft: nobody can have it yet';
  if (at(payload, 'release', 'prerelease') === true) {
    return 'release that is a prerelease: by its own word not for production, until it becomes a release';
  }
  return null;
}

/** A prerelease keeps the time of its publication when it becomes a release. */
function releasedAt(payload: JsonValue, warnings: string[]): Date | null {
  const updated = textAt(payload, 'action') === 'released' ? textAt(payload, 'release', 'updated_at') : null;
  return updated === null
    ? claimedTime(at(payload, 'release', 'published_at'), 'release.published_at', warnings)
    : claimedTime(updated, 'release.updated_at', warnings);
}

/** The tag, which is what one goes back to, and the name where it says more. */
function titleOf(tag: string, name: string): string {
  return tag.includes(name) ? tag : name.includes(tag) ? name : `${tag}: ${name}`;
}
