import { checkSourceInput } from '../domain/source-input.ts';
import type { SourceInput } from '../domain/source-input.ts';
import type { Clock } from '../kernel/clock.ts';
import { changeSource } from './change-source.ts';
import type { ChangeSourceDeps, SourceResult } from './change-source.ts';

export interface UpdateSourceDeps extends ChangeSourceDeps {
  clock: Pick<Clock, 'now'>;
}

export type UpdateSourceInput = Omit<SourceInput, 'secret'> & { id: string };

/** Absent fields stay as they are. */
export function updateSource(
  deps: UpdateSourceDeps,
  { id, ...input }: UpdateSourceInput,
): Promise<SourceResult> {
  const { providers, clock } = deps;
  return changeSource(deps, id, (source) => {
    const result = checkSourceInput(input, { provider: providers.get(source.provider), providers });
    if ('refusals' in result) return result.refusals;
    const { secret: _secret, ...changes } = result.checked;
    return { ...source, ...changes, updatedAt: clock.now() };
  });
}
