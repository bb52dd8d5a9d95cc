import type { SourceProvider, SourceProviders } from './source-provider.ts';
import { sourceVariables } from './source-variables.ts';
import type { DefaultSource, SourceSettings } from './source.ts';
import type { Refusal } from './submission.ts';

/** No stored source has an id like that. */
const PREFIX = 'env:';

export function isDefaultSourceId(id: string): boolean {
  return id.startsWith(PREFIX);
}

export function defaultSource(
  { name }: SourceProvider,
  { secret, settings }: { secret: string | null; settings: SourceSettings },
): DefaultSource {
  return {
    managedBy: 'ENVIRONMENT',
    id: `${PREFIX}${name}`,
    name,
    provider: name,
    description: null,
    enabled: true,
    settings,
    ratePerSecond: null,
    hasSecret: secret !== null,
    secrets: [],
    createdAt: null,
    updatedAt: null,
  };
}

/** Why the source of that id cannot be changed; null where it is none of the environment. */
export function refuseDefaultSource(id: string, providers: SourceProviders): Refusal | null {
  const provider = id.startsWith(PREFIX) ? providers.get(id.slice(PREFIX.length)) : undefined;
  if (provider === undefined) return null;
  const { secret, settings } = sourceVariables(provider);
  const variables = [secret, ...Object.values(settings)].join(', ');
  const message =
    `the default source of ${provider.name} is set by the environment: change ${variables} and start OpsLens anew, ` +
    'or create a source of your own beside it';
  return { code: 'CONFLICT', message, path: ['input', 'id'] };
}
