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
  /** Of pages that may call the API from other hosts, as browsers write them. */
  readonly allowedOrigins: readonly string[];
  /** Providers whose webhooks are accepted without any secret while AUTH is required. */
  readonly unsignedIntake: readonly string[];
  readonly secretKey: string | null;
  readonly secretKeyPrevious: string | null;
  /** Of the default sources, by provider. */
  readonly webhookSecrets: Readonly<Record<string, string | null>>;
  /** What else is set of the default sources, by provider and name. */
  readonly webhookSettings: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Addresses and networks that webhooks may be sent to although they are not public. */
  readonly outboundAllow: readonly string[];
  /** Seconds to wait before each attempt; null for the built-in schedule. */
  readonly retrySchedule: readonly number[] | null;
  readonly logLevel: string;
  readonly reopenWindowMinutes: number;
  /** How long bodies of webhooks are kept, and what became of them. */
  readonly receiptRetentionDays: number;
  /** Webhooks a second of a source that has no rate of its own; 0 for as many as come. */
  readonly intakeRateLimit: number;
  readonly graphql: GraphqlSettings;
  /** What is taken as it is, but looks like a slip: to be told at start. */
  readonly warnings: readonly string[];
}

export interface GraphqlSettings {
  /** Whether clients may ask what the schema holds. */
  readonly introspection: boolean;
  /** Most bytes of a request. */
  readonly bodyLimit: number;
  /** How long an operation, or one execution for an event, may take. */
  readonly timeoutMs: number;
  /** WebSockets of one API key, or of one address where no key is given. */
  readonly socketsPerKey: number;
  readonly maxSockets: number;
}

/** The variables of one provider's default source. */
export interface WebhookVariables {
  readonly provider: string;
  /** Holds its secret. */
  readonly secret: string;
  /** By the name of the setting that each holds. */
  readonly settings: Readonly<Record<string, string>>;
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
const ORIGIN_FORM = /^https?:\/\/([a-z0-9_.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/i;
const network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);

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

const numberBetween = (min: number, max: number) =>
  wholeNumber(max).refine((value) => value >= min, `must be at least ${min}`);

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
  ALLOWED_ORIGINS: list
    .refine(
      (origins) => origins.every((text) => ORIGIN_FORM.test(text) && URL.canParse(text)),
      'must be full origins such as https://dash.example.com, without a path, separated by commas; * is not taken',
    )
    .transform((origins) => origins.map((text) => new URL(text).origin))
    .default([]),
  UNSIGNED_INTAKE: list
    .refine(
      (names) => names.every((name) => /^[a-z0-9-]+$/.test(name)),
      'must be names of providers, such as github,generic',
    )
    .default([]),
  SECRET_KEY: secret,
  SECRET_KEY_PREVIOUS: secret,
  OUTBOUND_ALLOW: list
    .refine(
      (networks) => networks.every((text) => network.safeParse(text).success),
      'must be addresses or networks such as 10.1.2.0/24 or fd00::/8, separated by commas',
    )
    .default([]),
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
  RECEIPT_RETENTION_DAYS: numberBetween(1, 3650).default(30),
  INTAKE_RATE_LIMIT: wholeNumber(100_000).default(5000),
  GRAPHQL_INTROSPECTION: z.enum(['on', 'off'], 'must be on or off').nullable().default(null),
  GRAPHQL_BODY_LIMIT: numberBetween(16 * 1024, 4 * 1024 * 1024).default(64 * 1024),
  GRAPHQL_TIMEOUT_SECONDS: numberBetween(1, 300).default(10),
  GRAPHQL_SOCKETS_PER_KEY: numberBetween(1, 1_000_000).default(2000),
  GRAPHQL_MAX_SOCKETS: numberBetween(1, 1_000_000).default(10_000),
});

type Environment = Readonly<Record<string, string | undefined>>;

/** Those that there are whatever the providers. */
export const SETTING_NAMES: readonly string[] = Object.keys(settings.shape);

const WEBHOOK_VARIABLE = /^[A-Z0-9_]+_WEBHOOK_[A-Z0-9_]+$/;
const webhookSetting = z
  .string()
  .trim()
  .regex(/^\P{Cc}*$/u, 'must not hold control characters')
  .nullable()
  .default(null);

/**
 * Reads all settings and reports all mistakes together, as a `ConfigError`. An empty value is the same as none, since
 * that is what container tools hand over for a variable that has no value.
 */
export function readConfig(env: Environment, webhooks: readonly WebhookVariables[]): Config {
  const result = settings.safeParse(valuesOf(env, SETTING_NAMES));
  const webhook = readWebhookVariables(env, webhooks);
  if (!result.success || !webhook.success) {
    const issues = [...(result.error?.issues ?? []), ...(webhook.error?.issues ?? [])];
    throw new ConfigError(issues.map(({ path, message }) => `${path.join('.')} ${message}`));
  }
  const read = result.data;
  const { data: values } = webhook;
  return deepFreeze({
    host: read.HOST,
    port: read.PORT,
    mongodbUri: read.MONGODB_URI,
    dataDir: read.DATA_DIR,
    mongod: read.MONGOD,
    auth: read.AUTH,
    apiKeys: read.API_KEYS,
    publicHosts: read.PUBLIC_HOSTS,
    allowedOrigins: read.ALLOWED_ORIGINS,
    unsignedIntake: read.UNSIGNED_INTAKE,
    secretKey: read.SECRET_KEY,
    secretKeyPrevious: read.SECRET_KEY_PREVIOUS,
    webhookSecrets: Object.fromEntries(
      webhooks.map(({ provider, secret: name }) => [provider, values[name] ?? null]),
    ),
    webhookSettings: Object.fromEntries(
      webhooks.map(({ provider, settings: names }) => [provider, settingsOf(names, values)]),
    ),
    outboundAllow: read.OUTBOUND_ALLOW,
    retrySchedule: read.RETRY_SCHEDULE,
    logLevel: read.LOG_LEVEL,
    reopenWindowMinutes: read.REOPEN_WINDOW_MINUTES,
    receiptRetentionDays: read.RECEIPT_RETENTION_DAYS,
    intakeRateLimit: read.INTAKE_RATE_LIMIT,
    graphql: {
      introspection: (read.GRAPHQL_INTROSPECTION ?? onUnlessProduction(env)) === 'on',
      bodyLimit: read.GRAPHQL_BODY_LIMIT,
      timeoutMs: read.GRAPHQL_TIMEOUT_SECONDS * 1000,
      socketsPerKey: read.GRAPHQL_SOCKETS_PER_KEY,
      maxSockets: read.GRAPHQL_MAX_SOCKETS,
    },
    warnings: warningsOf(env, webhooks, values),
  });
}

function onUnlessProduction(env: Environment): 'on' | 'off' {
  return env['NODE_ENV'] === 'production' ? 'off' : 'on';
}

/** By name of the variable; null for those that are not set. */
function readWebhookVariables(env: Environment, webhooks: readonly WebhookVariables[]) {
  const secrets = webhooks.map(({ secret: name }) => [name, secret] as const);
  const others = webhooks.flatMap(({ settings: names }) => Object.values(names));
  const shape = Object.fromEntries([...secrets, ...others.map((name) => [name, webhookSetting] as const)]);
  return z.object(shape).safeParse(valuesOf(env, Object.keys(shape)));
}

/** A failed interpolation leaves a secret without a value; a variable that nobody knows may be another program's. */
function warningsOf(env: Environment, webhooks: readonly WebhookVariables[], known: object): string[] {
  const isEmpty = (name: string): boolean => (env[name] ?? '').trim() === '';
  const empty = webhooks
    .map(({ secret: name }) => name)
    .filter((name) => env[name] !== undefined && isEmpty(name));
  const unknown = Object.keys(env).filter(
    (name) => WEBHOOK_VARIABLE.test(name) && !Object.hasOwn(known, name) && !isEmpty(name),
  );
  return [
    ...empty.map((name) => `${name} is set but empty: it counts as not set`),
    ...unknown.map((name) => `${name} is set, but no provider has such a setting: it has no effect`),
  ];
}

function settingsOf(
  names: WebhookVariables['settings'],
  values: Readonly<Record<string, string | null>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(names).flatMap(([setting, name]) => {
      const value = values[name] ?? null;
      return value === null ? [] : [[setting, value] as const];
    }),
  );
}

function valuesOf(env: Environment, names: readonly string[]): Record<string, string | undefined> {
  return Object.fromEntries(names.map((name) => [name, env[name]?.trim() === '' ? undefined : env[name]]));
}

/** The environment of this process, with what a `.env` file in the working directory adds to it. */
export function loadConfig(webhooks: readonly WebhookVariables[]): Config {
  try {
    process.loadEnvFile();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  return readConfig(process.env, webhooks);
}

function deepFreeze<T extends object>(value: T): T {
  for (const inner of Object.values(value)) {
    if (typeof inner === 'object' && inner !== null) deepFreeze(inner);
  }
  return Object.freeze(value);
}
