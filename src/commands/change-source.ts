import { refuseDefaultSource } from '../domain/default-source.ts';
import type { SourceProviders } from '../domain/source-provider.ts';
import type { StoredSource } from '../domain/source.ts';
import type { Refusal } from '../domain/submission.ts';
import type { SourceStore } from '../store/source-store.ts';

export interface ChangeSourceDeps {
  sources: Pick<SourceStore, 'byId' | 'replace'>;
  providers: SourceProviders;
}

export type SourceResult = { source: StoredSource } | { refusals: Refusal[] };

/** Somebody else may be faster so often; a use of a secret that is written down counts too. */
const TRIES = 5;

/** Changes a source by a pure decision, which is asked again where the source changed meanwhile. */
export async function changeSource(
  { sources, providers }: ChangeSourceDeps,
  id: string,
  decide: (source: StoredSource) => StoredSource | Refusal[],
): Promise<SourceResult> {
  const refusal = refuseDefaultSource(id, providers);
  if (refusal !== null) return { refusals: [refusal] };
  for (let tries = 0; tries < TRIES; tries += 1) {
    const source = await sources.byId(id);
    if (source === null) return { refusals: [noSuchSource(id)] };
    const changed = decide(source);
    if (Array.isArray(changed)) return { refusals: changed };
    const outcome = await sources.replace(source, changed);
    if (outcome === 'NAME_TAKEN') return { refusals: [nameTaken(changed.name)] };
    if (outcome !== 'CHANGED_MEANWHILE') return { source: outcome };
  }
  const message = 'the source is being changed by others at the same time';
  return { refusals: [{ code: 'CONFLICT', message, path: ['input', 'id'] }] };
}

export function noSuchSource(id: string): Refusal {
  return { code: 'NOT_FOUND', message: `there is no source ${id.slice(0, 128)}`, path: ['input', 'id'] };
}

export function nameTaken(name: string): Refusal {
  const message = `another source is named ${name}, or was when it was created`;
  return { code: 'CONFLICT', message, path: ['input', 'name'] };
}
