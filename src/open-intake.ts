import type { AccessMode } from './access/access-mode.ts';
import type { RunningCommitter } from './commands/committer.ts';
import type { DecideOptions } from './commands/decide-batch.ts';
import { previewSubmission } from './commands/preview-submission.ts';
import type { PreviewDeps } from './commands/preview-submission.ts';
import { createReplayReceipt } from './commands/replay-receipt.ts';
import type { ReplayReceipt, ReplayReceiptDeps } from './commands/replay-receipt.ts';
import type { Config } from './config.ts';
import type { IntakeHandler } from './http/handlers.ts';
import { createHandshake } from './inbound/create-handshake.ts';
import { fetchText } from './inbound/fetch-text.ts';
import { createPreviewWebhook } from './inbound/preview-webhook.ts';
import type { PreviewSubmission, PreviewWebhook } from './inbound/preview-webhook.ts';
import { createReadAgain } from './inbound/read-again.ts';
import { createReceive } from './inbound/receive.ts';
import type { ReceiveDeps } from './inbound/receive.ts';
import { createRefuseUnread } from './inbound/refuse-unread.ts';
import type { ProviderRegistry } from './inbound/registry.ts';
import { createSourceGate } from './inbound/source-gate.ts';
import type { Sources } from './inbound/source.ts';
import { createUnkeptLog } from './inbound/unkept-log.ts';
import type { Clock } from './kernel/clock.ts';
import type { ClosingStack } from './kernel/closing-stack.ts';
import type { NewId } from './kernel/ids.ts';
import type { Logger } from './kernel/logger.ts';
import type { Metrics } from './kernel/metrics.ts';

export interface OpenIntakeOptions {
  config: Pick<Config, 'unsignedIntake' | 'intakeRateLimit' | 'reopenWindowMinutes'>;
  mode: AccessMode;
  registry: ProviderRegistry;
  sources: Sources;
  committer: RunningCommitter;
  load: DecideOptions['load'];
  receipts: ReplayReceiptDeps['receipts'];
  clock: Clock;
  newId: NewId;
  logger: Logger;
  metrics: Metrics;
  closing: ClosingStack;
}

export interface Intake extends IntakeHandler {
  previewWebhook: PreviewWebhook;
  replayReceipt: ReplayReceipt;
}

/** Wires what takes webhooks in. */
export function openIntake(options: OpenIntakeOptions): Intake {
  const { config, mode, registry, sources, load, clock, newId, logger, closing } = options;
  const unkept = createUnkeptLog({ logger });
  closing.defer(() => unkept[Symbol.dispose]());
  const previewDeps: PreviewDeps = {
    load,
    newId,
    now: () => clock.now(),
    reopenWindowMs: config.reopenWindowMinutes * 60_000,
  };
  const preview: PreviewSubmission = (submission) => previewSubmission(submission, previewDeps);
  const deps: ReceiveDeps = {
    ...options,
    preview,
    gate: createSourceGate({ clock, ratePerSecond: config.intakeRateLimit }),
    unkept,
    fetchText,
    auth: {
      unsignedIntakeAllowed: (provider) => mode === 'OFF' || config.unsignedIntake.includes(provider),
    },
  };
  return {
    limit: (provider) => registry.get(provider)?.bodyLimit,
    receive: createReceive(deps),
    refuse: createRefuseUnread(deps),
    handshake: createHandshake({ registry, sources, ratePerSecond: config.intakeRateLimit }),
    previewWebhook: createPreviewWebhook(deps),
    replayReceipt: createReplayReceipt({ ...options, readAgain: createReadAgain(options) }),
  };
}
