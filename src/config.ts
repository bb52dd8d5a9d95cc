import { z } from 'zod';

export type AuthSetting = 'off' | 'required';

/** What the environment says, checked. Null stands for "not set"; what follows from that is decided where it is used. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** Null: the embedded database. */
  readonly mongodbUri: string | null;
  readonly dataDir: string;
  readonly mongod: string | null;
  readonly auth: AuthSetting | null;
  readonly apiKeys: readonly string[];
  /** `name` or `name:port`, lower-case. */
  readonly publicHosts: readonly string[];
  /** Providers whose webhooks are accepted without any secret while AUTH is required. */
  readonly unsignedIntake: readonly string[];
  readonly secretKey: string | null;
  readonly secretKeyPrevious: string | null;
  readonly webhookSecrets: Readonly<Record<'github' | 'pagerduty' | 'generic', string | null>>;
  /** Seconds to wait before each attempt; null for the built-in schedule. */
  readonly retrySchedule: readonly number[] | null;
  readonly logLevel: string;
  readonly reopenWindowMinutes: number;
  /** Webhook secrets that are there without a value: told at start, since a failed interpolation looks like that. */
  readonly emptySecrets: readonly string[];
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const MONTH_SECONDS = 30 * 86_400;

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);
const secret = z
  .string()
  .refine((text) => text === text.trim(), 'must not begin or end with blanks or line breaks')
  .nullable()
  .default(null);
const wholeNumber = (max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value <= max, `must be at most ${max}`);

/** Messages must never repeat a value: most settings are secrets or hold one. */
const settings = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber(65_535).default(8000),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\/./, 'must begin with mongodb:// or mongodb+srv://')
    .nullable()
    .default(null),
  DATA_DIR: z.string().default('.data'),
  MONGOD: z.string().nullable().default(null),
  AUTH: z.enum(['off', 'required'], 'must be off or required').nullable().default(null),
  API_KEYS: list
    .refine(
      (keys) => keys.every((key) => /^[\x21-\x7e]{16,256}$/.test(key)),
      'must be keys of 16 to 256 printable ASCII characters, separated by commas (openssl rand -hex 32 makes one)',
    )
    .transform((keys) => [...new Set(keys)])
    .default([]),
  PUBLIC_HOSTS: list
    .transform((hosts) => hosts.map((host) => host.toLowerCase()))
    .refine(
      (hosts) => hosts.every((host) => /^([a-z0-9_.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/.test(host)),
      'must be host names without scheme or path, such as opslens.example.com, separated by commas',
    )
    .default([]),
  UNSIGNED_INTAKE: list
    .refine(
      (names) => names.every((name) => /^[a-z0-9-]+$/.test(name)),
      'must be names of providers, such as github,generic',
    )
    .default([]),
  SECRET_KEY: secret,
  SECRET_KEY_PREVIOUS: secret,
  GITHUB_WEBHOOK_SECRET: secret,
  PAGERDUTY_WEBHOOK_SECRET: secret,
  GENERIC_WEBHOOK_SECRET: secret,
  RETRY_SCHEDULE: list
    .refine(
      (waits) =>
        waits.length > 0 && waits.length <= 50 && waits.every((wait) => /^\d{1,7}(\.\d{1,3})?$/.test(wait)),
      'must be 1 to 50 waits in seconds, separated by commas',
    )
    .transform((waits) => waits.map(Number))
    .refine((waits) => waits.every((wait) => wait <= MONTH_SECONDS), 'must not wait longer than 30 days')
    .nullable()
    .default(null),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  REOPEN_WINDOW_MINUTES: wholeNumber(7 * 24 * 60).default(15),
});

export const SETTING_NAMES: readonly string[] = Object.keys(settings.shape);

/**
 * Reads all settings and reports all mistakes together, as a `ConfigError`. An empty value is the same as none, since
 * that is what container tools hand over for a variable that has no value.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    SETTING_NAMES.map((name) => [name, env[name]?.trim() === '' ? undefined : env[name]]),
  );
  const result = settings.safeParse(given);
  if (!result.success) {
    throw new ConfigError(result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`));
  }
  const read = result.data;
  return deepFreeze({
    host: read.HOST,
    port: read.PORT,
    mongodbUri: read.MONGODB_URI,
    dataDir: read.DATA_DIR,
    mongod: read.MONGOD,
    auth: read.AUTH,
    apiKeys: read.API_KEYS,
    publicHosts: read.PUBLIC_HOSTS,
    unsignedIntake: read.UNSIGNED_INTAKE,
    secretKey: read.SECRET_KEY,
    secretKeyPrevious: read.SECRET_KEY_PREVIOUS,
    webhookSecrets: {
      github: read.GITHUB_WEBHOOK_SECRET,
      pagerduty: read.PAGERDUTY_WEBHOOK_SECRET,
      generic: read.GENERIC_WEBHOOK_SECRET,
    },
    retrySchedule: read.RETRY_SCHEDULE,
    logLevel: read.LOG_LEVEL,
    reopenWindowMinutes: read.REOPEN_WINDOW_MINUTES,
    emptySecrets: SETTING_NAMES.filter(
      (name) => name.endsWith('_WEBHOOK_SECRET') && env[name]?.trim() === '',
    ),
  });
}

/** The environment of this process, with what a `.env` file in the working directory adds to it. */
export function loadConfig(): Config {
  try {
    process.loadEnvFile();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  return readConfig(process.env);
}

function deepFreeze<T extends object>(value: T): T {
  for (const inner of Object.values(value)) {
    if (typeof inner === 'object' && inner !== null) deepFreeze(inner);
  }
  return Object.freeze(value);
}
