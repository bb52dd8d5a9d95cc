import type { Sealer } from '../access/sealing.ts';
import { refuseOverlap } from '../domain/rotation-overlap.ts';
import { checkSourceInput } from '../domain/source-input.ts';
import { rotateSecret } from '../domain/source-rotation.ts';
import { makeSourceSecret, sourceSecretPlace } from '../domain/source-secret.ts';
import type { StoredSource } from '../domain/source.ts';
import type { Refusal } from '../domain/submission.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import { changeSource } from './change-source.ts';
import type { ChangeSourceDeps } from './change-source.ts';
import { sealSecret } from './create-source.ts';
import { isSealedAs } from './is-sealed-as.ts';

export interface RotateSourceSecretDeps extends ChangeSourceDeps {
  sealer: Sealer;
  clock: Pick<Clock, 'now'>;
  logger: Pick<Logger, 'info'>;
}

export interface RotateSourceSecretInput {
  id: string;
  /** Null has one made. */
  secret: string | null;
  /** How long the one before it stays good; 0 ends it at once. */
  overlapHours: number;
  /** Names the API key; null where nobody had to say. */
  by: string | null;
}

/** `secret` is the one that was made, to be shown once; null where one was given. */
export type RotateSourceSecretResult =
  { source: StoredSource; secret: string | null } | { refusals: Refusal[] };

/** Gives a source another secret, or its first one, beside which the one before it is good for a while. */
export async function rotateSourceSecret(
  deps: RotateSourceSecretDeps,
  { id, secret: given, overlapHours, by }: RotateSourceSecretInput,
): Promise<RotateSourceSecretResult> {
  const { providers, sealer, clock, logger } = deps;
  const result = checkSourceInput({ secret: given }, { provider: undefined, providers });
  const refusals = 'refusals' in result ? result.refusals : [];
  const overlap = refuseOverlap(overlapHours);
  if (overlap !== null) refusals.push(overlap);
  if (refusals.length > 0) return { refusals };

  const made = given === null ? makeSourceSecret() : null;
  const secret = given ?? made ?? '';
  const changed = await changeSource(deps, id, (source) => {
    if (isCurrent(sealer, source, secret)) return [SAME_SECRET];
    const now = clock.now();
    const sealed = sealSecret(sealer, id, { secret, createdAt: now });
    const secrets = rotateSecret(source, sealed, { overlapHours, now });
    return Array.isArray(secrets) ? { ...source, secrets, updatedAt: now } : [secrets];
  });
  if ('refusals' in changed) return changed;
  logger.info({ sourceId: id, by, overlapHours }, 'secret of a source rotated');
  return { source: changed.source, secret: made };
}

const SAME_SECRET: Refusal = {
  code: 'INVALID',
  message: 'this is the current secret already: give another one, or leave it out to have one made',
  path: ['input', 'secret'],
};

function isCurrent(sealer: Pick<Sealer, 'open'>, { id, secrets }: StoredSource, secret: string): boolean {
  const [current] = secrets;
  if (current === undefined) return false;
  return isSealedAs(sealer, { sealed: current.sealed, place: sourceSecretPlace(id, current.id) }, secret);
}
