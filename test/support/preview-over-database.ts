import type { Connection } from 'mongoose';
import { previewSubmission } from '../../src/commands/preview-submission.ts';
import type { PreviewSubmission } from '../../src/inbound/preview-webhook.ts';
import { newId } from '../../src/kernel/ids.ts';
import { createCommitLoader } from '../../src/store/commit-loader.ts';

/** What dry runs are decided by, with the window that the test committer has. */
export function previewOverDatabase(connection: Connection): PreviewSubmission {
  const load = createCommitLoader(connection);
  const deps = { load, newId, now: () => new Date(), reopenWindowMs: 15 * 60_000 };
  return (submission) => previewSubmission(submission, deps);
}
