import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { onTestFinished } from 'vitest';
import { startCommitter } from '../../src/commands/committer.ts';
import type { CommitterDeps, RunningCommitter } from '../../src/commands/committer.ts';
import type { Signal } from '../../src/domain/signal.ts';
import type { DedupKey, WebhookSubmission } from '../../src/domain/submission.ts';
import { newId } from '../../src/kernel/ids.ts';
import { createLogger } from '../../src/kernel/logger.ts';
import { createCommitLoader } from '../../src/store/commit-loader.ts';
import { createCommitWriter } from '../../src/store/commit-writer.ts';
import { ensureCollections } from '../../src/store/ensure-collections.ts';
import { packBody } from '../../src/store/pack-body.ts';

/** A committer over the connection, ended with the test. */
export async function startTestCommitter(
  connection: Connection,
  over: Partial<CommitterDeps> = {},
): Promise<RunningCommitter> {
  const load = createCommitLoader(connection);
  const writer = createCommitWriter(connection);
  await ensureCollections(connection);
  const committer = startCommitter({
    load,
    writer,
    packBody,
    newId,
    now: () => new Date(),
    random: Math.random,
    reopenWindowMs: 15 * 60_000,
    logger: createLogger('silent'),
    onCommitted: () => undefined,
    ...over,
  });
  onTestFinished(() => committer[Symbol.asyncDispose]());
  return committer;
}

/** A webhook of source `test` with these signals. */
export function webhook(
  signals: Signal[],
  { dedupKey = null, bodyHash = randomUUID() }: { dedupKey?: DedupKey | null; bodyHash?: string } = {},
): WebhookSubmission {
  return {
    kind: 'WEBHOOK',
    receipt: {
      id: newId(),
      source: 'test',
      keySource: 'test',
      provider: 'generic',
      deliveryId: null,
      receivedAt: new Date(),
      headers: { 'content-type': 'application/json' },
      bodyHash,
      bodySize: 2,
      warnings: [],
      verifiedWith: null,
      fromStranger: false,
    },
    body: Buffer.from('{}'),
    dedupKey,
    verdict: {
      outcome: 'APPLIED',
      signals: signals.map((one) => ({ ...one, id: newId() })),
      deployments: [],
    },
  };
}
