import type { ReplayReceiptDeps } from '../commands/replay-receipt.ts';
import type { Receipt } from '../domain/receipt.ts';
import type { NewId } from '../kernel/ids.ts';
import { createSubmission } from './create-submission.ts';
import { judgeVerified } from './judge.ts';
import type { ProviderRegistry } from './registry.ts';
import type { Source, Sources } from './source.ts';

export interface ReadAgainDeps {
  registry: ProviderRegistry;
  sources: Pick<Sources, 'find'>;
  newId: NewId;
}

/**
 * Reads a stored webhook with today's code, under its own id and time: keys and times that follow from those stay as they
 * were. It was verified when it came, which is not asked again.
 */
export function createReadAgain({ registry, sources, newId }: ReadAgainDeps): ReplayReceiptDeps['readAgain'] {
  return async (original, body) => {
    const provider = registry.get(original.provider);
    if (provider === undefined) return null;
    const { id: receiptId, receivedAt, headers, verifiedWith } = original;
    const source = await sourceOf(original, sources);
    const judgement = judgeVerified(
      { headers, body, verifiedWith, secretId: null },
      { provider, source, receiptId, receivedAt, newId },
    );
    const request = {
      ...{ provider: provider.name, sourceName: source.name, token: null, headers, body },
      query: new URLSearchParams(),
    };
    const { verdict, dedupKey, receipt } = createSubmission(
      { request, source, receiptId, receivedAt },
      judgement,
    );
    const cause = judgement.kind === 'REFUSED' ? judgement.cause : undefined;
    return { verdict, dedupKey, warnings: receipt.warnings, cause };
  };
}

/** Its source as it is today, also under another name than then; one that is gone goes on with what the receipt tells of it. */
async function sourceOf(
  { source: name, keySource, provider }: Receipt,
  sources: ReadAgainDeps['sources'],
): Promise<Source> {
  for (const known of new Set([name, keySource])) {
    const source = await sources.find(provider, known);
    if (source?.keyName === keySource) return source;
  }
  const gone = { enabled: true, secrets: null, settings: {}, ratePerSecond: null };
  return { name, keyName: keySource, provider, ...gone };
}
