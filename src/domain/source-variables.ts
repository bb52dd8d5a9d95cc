import type { SourceProvider } from './source-provider.ts';

/** The variables of the environment that make up a provider's default source. */
export interface SourceVariables {
  provider: string;
  /** Holds its secret. */
  secret: string;
  /** By the name of the setting that each holds. */
  settings: Readonly<Record<string, string>>;
}

/** `GITHUB_WEBHOOK_SECRET`, `SNS_WEBHOOK_TOPIC_ARNS`: the rule is the same for every provider. */
export function sourceVariables({
  name,
  settings = {},
}: Pick<SourceProvider, 'name' | 'settings'>): SourceVariables {
  const variable = (what: string): string => `${name}_WEBHOOK_${what}`.toUpperCase().replaceAll('-', '_');
  return {
    provider: name,
    secret: variable('secret'),
    settings: Object.fromEntries(Object.keys(settings).map((setting) => [setting, variable(setting)])),
  };
}
