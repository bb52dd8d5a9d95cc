import type { Sealer } from '../access/sealing.ts';
import { sourceSecretPlace } from '../domain/source-secret.ts';
import type { SealedSecret, StoredSource } from '../domain/source.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Source } from './source.ts';

export interface SourceOpenerDeps {
  sealer: Pick<Sealer, 'open'>;
  logger: Pick<Logger, 'warn'>;
}

/** Makes stored sources ready to judge by. */
export type OpenSources = (stored: readonly StoredSource[]) => Source[];

/**
 * What was opened the last time is not opened again: sources are read every second. A secret that no key at hand opens is
 * told of once, and spoils neither the rest of its source nor other sources.
 */
export function createSourceOpener({ sealer, logger }: SourceOpenerDeps): OpenSources {
  let opened = new Map<string, string | null>();

  const open = ({ id, name }: StoredSource, secret: SealedSecret): string | null => {
    try {
      return sealer.open(secret.sealed, sourceSecretPlace(id, secret.id));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      logger.warn({ source: name, secretId: secret.id, reason }, 'a secret of a source cannot be opened');
      return null;
    }
  };

  return (stored) => {
    const known = opened;
    opened = new Map();
    return stored.map((source) => {
      const secrets = source.secrets.map((secret) => {
        const place = `${source.id} ${secret.id} ${secret.sealed}`;
        const value = known.has(place) ? (known.get(place) ?? null) : open(source, secret);
        opened.set(place, value);
        const { id, until } = secret;
        return { id, value, until, generation: until === null ? 'CURRENT' : 'PREVIOUS' } as const;
      });
      const { name, keyName, provider, enabled, settings, ratePerSecond } = source;
      return {
        name,
        keyName,
        provider,
        enabled,
        secrets: secrets.length === 0 ? null : secrets,
        settings,
        ratePerSecond,
      };
    });
  };
}
