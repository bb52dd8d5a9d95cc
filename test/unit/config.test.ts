import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { describe, expect, test } from 'vitest';
import { ConfigError, SETTING_NAMES, readConfig } from '../../src/config.ts';
import type { Config } from '../../src/config.ts';
import { DEFAULT_RETRY_SCHEDULE } from '../../src/domain/retry-plan.ts';
import { sourceVariables } from '../../src/domain/source-variables.ts';
import { createRegistry } from '../../src/inbound/registry.ts';

const webhooks = [
  { name: 'github' },
  { name: 'generic' },
  { name: 'cloud-watch', settings: { topic_arns: 'which topics', region: 'which region' } },
].map(sourceVariables);

function read(env: Record<string, string>): Config {
  return readConfig(env, webhooks);
}

function problems(env: Record<string, string>): readonly string[] {
  try {
    read(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('the configuration', () => {
  test('of an empty environment is a server on this machine with a database of its own', () => {
    expect(read({})).toEqual({
      host: '127.0.0.1',
      port: 8000,
      mongodbUri: null,
      dataDir: '.data',
      mongod: null,
      auth: null,
      apiKeys: [],
      publicHosts: [],
      allowedOrigins: [],
      unsignedIntake: [],
      secretKey: null,
      secretKeyPrevious: null,
      webhookSecrets: { github: null, generic: null, 'cloud-watch': null },
      webhookSettings: { github: {}, generic: {}, 'cloud-watch': {} },
      outboundAllow: [],
      retrySchedule: null,
      logLevel: 'info',
      reopenWindowMinutes: 15,
      receiptRetentionDays: 30,
      intakeRateLimit: 5000,
      graphql: {
        introspection: true,
        bodyLimit: 65_536,
        timeoutMs: 10_000,
        socketsPerKey: 2000,
        maxSockets: 10_000,
      },
      warnings: [],
    });
  });

  test('reports all mistakes together, naming each setting and never its value', () => {
    const env = {
      PORT: 'eighty-secret',
      MONGODB_URI: 'postgres://user:hunter2@db',
      AUTH: 'maybe-secret',
      API_KEYS: 'short-secret',
      PUBLIC_HOSTS: 'https://secret.example.com/',
      ALLOWED_ORIGINS: 'secret.example.com',
      SECRET_KEY: ' secret ',
      OUTBOUND_ALLOW: '10.0.0.0/8,secret',
      RETRY_SCHEDULE: '1,2,secret',
      LOG_LEVEL: 'secret',
      REOPEN_WINDOW_MINUTES: '-1',
      RECEIPT_RETENTION_DAYS: '0',
      GRAPHQL_INTROSPECTION: 'secret',
      GRAPHQL_BODY_LIMIT: '16383',
      GRAPHQL_TIMEOUT_SECONDS: '0',
      GRAPHQL_SOCKETS_PER_KEY: '0',
      GRAPHQL_MAX_SOCKETS: '0',
      GITHUB_WEBHOOK_SECRET: 'secret\n',
      CLOUD_WATCH_WEBHOOK_REGION: 'a\u0007b-secret',
    };
    const found = problems(env);
    expect(found.map((problem) => problem.split(' ')[0])).toEqual(Object.keys(env));
    expect(found.join('\n')).not.toMatch(/secret\b(?!s)|hunter2|eighty/);
  });

  test('treats an empty value as none, and tells which webhook secrets are empty', () => {
    const config = read({ PORT: '', GITHUB_WEBHOOK_SECRET: '', API_KEYS: ' ' });
    expect(config.port).toBe(8000);
    expect(config.webhookSecrets['github']).toBeNull();
    expect(config.warnings).toEqual(['GITHUB_WEBHOOK_SECRET is set but empty: it counts as not set']);
  });

  test('reads lists, numbers and secrets', () => {
    expect(
      read({
        API_KEYS: 'aaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbb,aaaaaaaaaaaaaaaa',
        PUBLIC_HOSTS: 'OpsLens.example.com, [::1]:9000',
        ALLOWED_ORIGINS: 'https://Dash.example.com:443, http://localhost:5173',
        UNSIGNED_INTAKE: 'github,generic',
        OUTBOUND_ALLOW: '10.1.2.3, 192.168.0.0/16,fd00::/8, ::1',
        RETRY_SCHEDULE: '0, 0.5, 30',
        GENERIC_WEBHOOK_SECRET: 'one, with a comma',
      }),
    ).toMatchObject({
      apiKeys: ['aaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbb'],
      publicHosts: ['opslens.example.com', '[::1]:9000'],
      allowedOrigins: ['https://dash.example.com', 'http://localhost:5173'],
      unsignedIntake: ['github', 'generic'],
      outboundAllow: ['10.1.2.3', '192.168.0.0/16', 'fd00::/8', '::1'],
      retrySchedule: [0, 0.5, 30],
      webhookSecrets: { generic: 'one, with a comma' },
    });
  });

  test('does not let every page in, nor a page by half its origin', () => {
    const wrong = [
      '*',
      'https://*.a.example',
      'https://a.example/',
      'null',
      'a.example',
      'http://a.example:99999',
    ];
    for (const ALLOWED_ORIGINS of wrong) {
      expect(problems({ ALLOWED_ORIGINS })).toEqual([
        expect.stringMatching(/^ALLOWED_ORIGINS .*\* is not taken/),
      ]);
    }
  });

  test('has no introspection in production, unless it says so', () => {
    const introspection = (env: Record<string, string>) => read(env).graphql.introspection;
    expect(introspection({ NODE_ENV: 'production' })).toBe(false);
    expect(introspection({ NODE_ENV: 'production', GRAPHQL_INTROSPECTION: 'on' })).toBe(true);
    expect(introspection({ GRAPHQL_INTROSPECTION: 'off' })).toBe(false);
  });

  test('takes the secret and the settings of any provider by one rule', () => {
    const config = read({
      CLOUD_WATCH_WEBHOOK_SECRET: 's3cret',
      CLOUD_WATCH_WEBHOOK_TOPIC_ARNS: ' arn:a,arn:b ',
      CLOUD_WATCH_WEBHOOK_REGION: '',
    });
    expect(config.webhookSecrets['cloud-watch']).toBe('s3cret');
    expect(config.webhookSettings['cloud-watch']).toEqual({ topic_arns: 'arn:a,arn:b' });
    expect(config.warnings).toEqual([]);
  });

  test('tells of webhook variables that nobody knows, without refusing or repeating them', () => {
    const others = {
      SLACK_WEBHOOK_URL: 'https://secret',
      GITHUB_WEBHOOK_REGION: ' x ',
      STRIPE_WEBHOOK_SECRET: ' s ',
    };
    const { warnings } = read({
      ...others,
      GITLAB_WEBHOOK_SECRET: '',
      WEBHOOK_SECRET: 'x',
      GITHUB_TOKEN: 'x',
    });
    expect(warnings.map((warning) => warning.split(' ')[0])).toEqual(Object.keys(others));
    expect(warnings.join()).not.toContain('https');
  });

  test('cannot be changed afterwards', () => {
    const config = read({});
    expect(
      Object.isFrozen(config) && Object.isFrozen(config.webhookSecrets) && Object.isFrozen(config.apiKeys),
    ).toBe(true);
  });
});

describe('.env.example', () => {
  test('has one line for each setting, and copying it changes nothing', async () => {
    const text = await readFile(new URL('../../.env.example', import.meta.url), 'utf8');
    const names = text.split('\n').flatMap((line) => /^#?([A-Z_]+)=/.exec(line)?.[1] ?? []);
    const registered = [...createRegistry().values()].map(sourceVariables);
    const ofProviders = new Set(
      registered.flatMap(({ secret, settings }) => [secret, ...Object.values(settings)]),
    );
    // One rule names them all, so only examples stand there.
    const [examples, own] = [
      names.filter((name) => ofProviders.has(name)),
      names.filter((name) => !ofProviders.has(name)),
    ];
    expect(examples.length).toBeGreaterThan(0);
    expect(own.sort()).toEqual([...SETTING_NAMES].sort());
    expect(readConfig(parseEnv(text) as Record<string, string>, registered)).toMatchObject({
      ...readConfig({}, registered),
      retrySchedule: DEFAULT_RETRY_SCHEDULE,
    });
  });
});
