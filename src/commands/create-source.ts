import type { Sealer } from '../access/sealing.ts';
import { checkSourceInput } from '../domain/source-input.ts';
import type { SourceInput } from '../domain/source-input.ts';
import type { SourceProvider, SourceProviders } from '../domain/source-provider.ts';
import { makeSecretId, makeSourceSecret, sourceSecretPlace } from '../domain/source-secret.ts';
import { MAX_SOURCES } from '../domain/source.ts';
import type { SealedSecret, StoredSource } from '../domain/source.ts';
import type { Refusal } from '../domain/submission.ts';
import type { Clock } from '../kernel/clock.ts';
import type { NewId } from '../kernel/ids.ts';
import type { SourceStore } from '../store/source-store.ts';
import { nameTaken } from './change-source.ts';
import { oncePerClientKey } from './once-per-client-key.ts';

export interface CreateSourceDeps {
  sources: Pick<SourceStore, 'insert' | 'byClientKey'>;
  providers: SourceProviders;
  sealer: Pick<Sealer, 'seal'>;
  clock: Pick<Clock, 'now'>;
  newId: NewId;
}

export interface CreateSourceInput extends SourceInput {
  provider: string;
  name: string;
  /** That it is meant to have no secret: what it lets in is then for UNSIGNED_INTAKE and AUTH to say. */
  withoutSecret: boolean;
  clientMutationKey?: string | null;
}

/** `secret` is the one that was made, to be shown once; null where none was, or the client's key had made one before. */
export type CreateSourceResult = { source: StoredSource; secret: string | null } | { refusals: Refusal[] };

/**
 * Registers a sender. Its address lets webhooks in once this is answered, in other processes within a second. The same
 * client key again gives the source of the first time, as it now is.
 */
export function createSource(deps: CreateSourceDeps, input: CreateSourceInput): Promise<CreateSourceResult> {
  return oncePerClientKey({
    clientMutationKey: input.clientMutationKey ?? null,
    async find(key) {
      const source = await deps.sources.byClientKey(key);
      return source === null ? null : { source, secret: null };
    },
    make: () => makeSource(deps, input),
  });
}

async function makeSource(
  { sources, providers, sealer, clock, newId }: CreateSourceDeps,
  { provider: providerName, withoutSecret, clientMutationKey = null, ...input }: CreateSourceInput,
): Promise<CreateSourceResult> {
  const provider = providers.get(providerName);
  const result = checkSourceInput(input, { provider, providers });
  const refusals = 'refusals' in result ? result.refusals : [];
  if (provider === undefined) refusals.unshift(noSuchProvider(providerName, providers));
  if (withoutSecret && input.secret != null) refusals.push(SECRET_AND_NONE);
  if ('refusals' in result || refusals.length > 0) return { refusals };

  const {
    name = '',
    description = null,
    enabled = true,
    settings = {},
    ratePerSecond = null,
  } = result.checked;
  const id = newId();
  const createdAt = clock.now();
  const given = result.checked.secret ?? null;
  const made = given === null && needsSecret(provider, withoutSecret) ? makeSourceSecret() : null;
  const secret = given ?? made;
  const source: StoredSource = {
    managedBy: 'API',
    id,
    name,
    keyName: name,
    provider: providerName,
    description,
    enabled,
    settings,
    ratePerSecond,
    secrets: secret === null ? [] : [sealSecret(sealer, id, { secret, createdAt })],
    createdAt,
    updatedAt: createdAt,
    revision: 1,
    ...(clientMutationKey !== null && { clientMutationKey }),
  };
  const outcome = await sources.insert(source);
  if (outcome === 'NAME_TAKEN') return { refusals: [nameTaken(name)] };
  if (outcome === 'FULL') {
    const message = `${MAX_SOURCES} sources exist, and there can be no more; delete one first`;
    return { refusals: [{ code: 'CONFLICT', message, path: ['input'] }] };
  }
  return { source, secret: made };
}

/** A new current secret, as it is kept. */
export function sealSecret(
  sealer: Pick<Sealer, 'seal'>,
  sourceId: string,
  { secret, createdAt }: { secret: string; createdAt: Date },
): SealedSecret {
  const id = makeSecretId();
  const sealed = sealer.seal(secret, sourceSecretPlace(sourceId, id));
  return { id, sealed, createdAt, until: null, lastUsedAt: null };
}

const SECRET_AND_NONE: Refusal = {
  code: 'INVALID',
  message: 'withoutSecret is for sources that have none: leave it out, or the secret',
  path: ['input', 'withoutSecret'],
};

function needsSecret(provider: SourceProvider | undefined, withoutSecret: boolean): boolean {
  return !withoutSecret && provider?.signsWithOwnKey !== true;
}

function noSuchProvider(name: string, providers: SourceProviders): Refusal {
  const message = `there is no provider ${JSON.stringify(name.slice(0, 64))}; known are ${[...providers.keys()].join(', ')}`;
  return { code: 'INVALID', message, path: ['input', 'provider'] };
}
