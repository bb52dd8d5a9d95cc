import type { SubmissionPreview } from '../commands/preview-submission.ts';
import type { MadeUpWebhook, WebhookPreview } from '../commands/webhook-preview.ts';
import type { WebhookSubmission } from '../domain/submission.ts';
import type { Clock } from '../kernel/clock.ts';
import type { NewId } from '../kernel/ids.ts';
import { createSubmission } from './create-submission.ts';
import type { Arrival } from './create-submission.ts';
import { judgeMadeUp } from './judge.ts';
import type { Judgement } from './judge.ts';
import type { Provider } from './provider.ts';
import type { ProviderRegistry } from './registry.ts';
import { replyTo } from './reply.ts';
import type { Sources } from './source.ts';

export type PreviewSubmission = (submission: WebhookSubmission) => Promise<SubmissionPreview>;

/** Decides what was judged over today's state, and writes nothing. */
export async function previewJudged(
  preview: PreviewSubmission,
  arrival: Arrival,
  { judgement, provider }: { judgement: Judgement; provider: Provider },
): Promise<WebhookPreview> {
  const previewed = await preview(createSubmission(arrival, judgement));
  return {
    ...previewed,
    provider: provider.name,
    source: arrival.source.name,
    wouldAnswer:
      judgement.kind === 'REFUSED' ? judgement.status : replyTo(judgement, previewed.result, provider).status,
  };
}

export interface PreviewWebhookDeps {
  registry: ProviderRegistry;
  sources: Pick<Sources, 'find'>;
  preview: PreviewSubmission;
  clock: Pick<Clock, 'now'>;
  newId: NewId;
}

/** Null where there is no such source. */
export type PreviewWebhook = (webhook: MadeUpWebhook) => Promise<WebhookPreview | null>;

export function createPreviewWebhook(deps: PreviewWebhookDeps): PreviewWebhook {
  const { registry, sources, preview, clock, newId } = deps;
  return async (webhook) => {
    const provider = registry.get(webhook.provider);
    const source = provider === undefined ? null : await sources.find(provider.name, webhook.sourceName);
    if (provider === undefined || source === null) return null;
    const request = { ...webhook, token: null, query: new URLSearchParams() };
    const arrival = { request, source, receiptId: newId(), receivedAt: clock.now() };
    const judgement = judgeMadeUp(request, { ...arrival, provider, newId });
    return previewJudged(preview, arrival, { judgement, provider });
  };
}
