import { refuseDefaultSource } from '../domain/default-source.ts';
import type { SourceProviders } from '../domain/source-provider.ts';
import type { SourceStore } from '../store/source-store.ts';
import { noSuchSource } from './change-source.ts';
import type { SourceResult } from './change-source.ts';

export interface DeleteSourceDeps {
  sources: Pick<SourceStore, 'remove'>;
  providers: SourceProviders;
}

/** Removes a sender; gives it back as it last was. Its incidents and receipts stay. */
export async function deleteSource(
  { sources, providers }: DeleteSourceDeps,
  { id }: { id: string },
): Promise<SourceResult> {
  const refusal = refuseDefaultSource(id, providers);
  if (refusal !== null) return { refusals: [refusal] };
  const source = await sources.remove(id);
  return source === null ? { refusals: [noSuchSource(id)] } : { source };
}
