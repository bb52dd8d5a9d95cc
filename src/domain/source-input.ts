import { MAX_DESCRIPTION_LENGTH, readDescription } from './description.ts';
import { OPSLENS_SOURCE } from './endpoint-incident-key.ts';
import type { SourceProvider, SourceProviders } from './source-provider.ts';
import type { SourceSettings } from './source.ts';
import type { Refusal } from './submission.ts';

/** What may be said of a source by whoever registers or changes it. Absent fields are not spoken of. */
export interface SourceInput {
  name?: string | null;
  /** Null or blank removes it. */
  description?: string | null;
  enabled?: boolean | null;
  /** All of them: those left out are removed. */
  settings?: readonly { name: string; value: string }[] | null;
  /** Null for what all have. */
  ratePerSecond?: number | null;
  secret?: string | null;
}

/** The same, usable. */
export interface CheckedSourceInput {
  name?: string;
  description?: string | null;
  enabled?: boolean;
  settings?: SourceSettings;
  ratePerSecond?: number | null;
  secret?: string | null;
}

/** First halves of the keys of incidents that no source makes. */
const RESERVED: Readonly<Record<string, string>> = {
  mutation: 'what people do',
  [OPSLENS_SOURCE]: 'OpsLens itself',
};
const NAME = /^[a-z0-9][a-z0-9_-]{0,62}$/;
const MAX_SETTING_LENGTH = 4096;
const MIN_SECRET_LENGTH = 8;
const MAX_SECRET_LENGTH = 512;
const MIN_RATE = 0.01;
const MAX_RATE = 100_000;
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Checks all fields that are spoken of and tells all that is wrong with them. `provider` is the source's own; where there
 * is none of the name given, its settings go unchecked.
 */
export function checkSourceInput(
  input: SourceInput,
  { provider, providers }: { provider: SourceProvider | undefined; providers: SourceProviders },
): { checked: CheckedSourceInput } | { refusals: Refusal[] } {
  const refusals: Refusal[] = [];
  const checked: CheckedSourceInput = {};
  const refuse = (field: string, message: string | null, code: Refusal['code'] = 'INVALID'): void => {
    if (message !== null) refusals.push({ code, message, path: ['input', field] });
  };

  if (input.name !== undefined) {
    checked.name = input.name ?? '';
    refuse('name', wrongName(checked.name));
    if (providers.has(checked.name))
      refuse('name', `${checked.name} is the name of a default source`, 'CONFLICT');
  }
  if (input.description !== undefined) {
    const description = readDescription(input.description);
    checked.description = description ?? null;
    const message = `description must be at most ${MAX_DESCRIPTION_LENGTH} characters`;
    refuse('description', description === undefined ? message : null);
  }
  if (input.enabled !== undefined) {
    checked.enabled = input.enabled ?? false;
    refuse('enabled', input.enabled === null ? 'whether it is enabled must be true or false' : null);
  }
  if (input.settings !== undefined && provider !== undefined) {
    const pairs = (input.settings ?? []).map(({ name, value }) => [name, value.trim()] as const);
    checked.settings = Object.fromEntries(pairs);
    refuse('settings', wrongSettings(pairs, provider));
  }
  if (input.ratePerSecond !== undefined) {
    checked.ratePerSecond = input.ratePerSecond;
    refuse('ratePerSecond', wrongRate(input.ratePerSecond));
  }
  if (input.secret !== undefined) {
    checked.secret = input.secret;
    refuse('secret', input.secret === null ? null : wrongSecret(input.secret));
  }
  return refusals.length > 0 ? { refusals } : { checked };
}

function wrongName(name: string): string | null {
  if (Object.hasOwn(RESERVED, name)) return `name must not be ${name}, which stands for ${RESERVED[name]}`;
  return NAME.test(name)
    ? null
    : 'name must be 1 to 63 lower-case letters, digits, hyphens and underscores, and begin with a letter or digit';
}

function wrongSettings(
  pairs: readonly (readonly [string, string])[],
  { name: provider, settings = {} }: SourceProvider,
): string | null {
  const known = Object.keys(settings);
  const seen = new Set<string>();
  for (const [name, value] of pairs) {
    const shown = JSON.stringify(name.slice(0, 64));
    if (!known.includes(name)) {
      const which = known.length === 0 ? 'has none' : `knows ${known.join(', ')}`;
      return `settings do not include ${shown}: ${provider} ${which}`;
    }
    if (seen.has(name)) return `settings name ${shown} twice`;
    seen.add(name);
    if (value === '') return `the setting ${name} must not be empty; leave it out to remove it`;
    if (value.length > MAX_SETTING_LENGTH)
      return `the setting ${name} must be at most ${MAX_SETTING_LENGTH} characters`;
    if (/\p{Cc}|\p{Surrogate}/u.test(value)) return `the setting ${name} must not hold control characters`;
  }
  return null;
}

function wrongRate(rate: number | null): string | null {
  if (rate === null || (rate >= MIN_RATE && rate <= MAX_RATE)) return null;
  return `ratePerSecond must be between ${MIN_RATE} and ${MAX_RATE}, or null for what all sources have`;
}

/** Whatever the sender made up is taken, but for what can only be a slip or can be guessed. */
function wrongSecret(secret: string): string | null {
  if (secret.trim() === '') return 'secret must not be empty';
  if (secret !== secret.trim()) return 'secret must not begin or end with blanks or line breaks';
  if (secret.length < MIN_SECRET_LENGTH || secret.length > MAX_SECRET_LENGTH)
    return `secret must be ${MIN_SECRET_LENGTH} to ${MAX_SECRET_LENGTH} characters`;
  return LONE_SURROGATE.test(secret) ? 'secret must be well-formed Unicode' : null;
}
