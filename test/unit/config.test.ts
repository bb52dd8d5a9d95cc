import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { describe, expect, test } from 'vitest';
import { ConfigError, SETTING_NAMES, readConfig } from '../../src/config.ts';
import { DEFAULT_RETRY_SCHEDULE } from '../../src/domain/retry-plan.ts';

function problems(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('the configuration', () => {
  test('of an empty environment is a server on this machine with a database of its own', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      port: 8000,
      mongodbUri: null,
      dataDir: '.data',
      mongod: null,
      auth: null,
      apiKeys: [],
      publicHosts: [],
      unsignedIntake: [],
      secretKey: null,
      secretKeyPrevious: null,
      webhookSecrets: { github: null, pagerduty: null, generic: null },
      retrySchedule: null,
      logLevel: 'info',
      reopenWindowMinutes: 15,
      emptySecrets: [],
    });
  });

  test('reports all mistakes together, naming each setting and never its value', () => {
    const env = {
      PORT: 'eighty-secret',
      MONGODB_URI: 'postgres://user:hunter2@db',
      AUTH: 'maybe-secret',
      API_KEYS: 'short-secret',
      PUBLIC_HOSTS: 'https://secret.example.com/',
      SECRET_KEY: ' secret ',
      RETRY_SCHEDULE: '1,2,secret',
      LOG_LEVEL: 'secret',
      REOPEN_WINDOW_MINUTES: '-1',
    };
    const found = problems(env);
    expect(found.map((problem) => problem.split(' ')[0])).toEqual(Object.keys(env));
    expect(found.join('\n')).not.toMatch(/secret\b(?!s)|hunter2|eighty/);
  });

  test('treats an empty value as none, and tells which webhook secrets are empty', () => {
    const config = readConfig({ PORT: '', GITHUB_WEBHOOK_SECRET: '', API_KEYS: ' ' });
    expect(config.port).toBe(8000);
    expect(config.webhookSecrets.github).toBeNull();
    expect(config.emptySecrets).toEqual(['GITHUB_WEBHOOK_SECRET']);
  });

  test('reads lists, numbers and secrets', () => {
    expect(
      readConfig({
        API_KEYS: 'aaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbb,aaaaaaaaaaaaaaaa',
        PUBLIC_HOSTS: 'OpsLens.example.com, [::1]:9000',
        UNSIGNED_INTAKE: 'github,generic',
        RETRY_SCHEDULE: '0, 0.5, 30',
        PAGERDUTY_WEBHOOK_SECRET: 'pd, with a comma',
      }),
    ).toMatchObject({
      apiKeys: ['aaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbb'],
      publicHosts: ['opslens.example.com', '[::1]:9000'],
      unsignedIntake: ['github', 'generic'],
      retrySchedule: [0, 0.5, 30],
      webhookSecrets: { pagerduty: 'pd, with a comma' },
    });
  });

  test('cannot be changed afterwards', () => {
    const config = readConfig({});
    expect(
      Object.isFrozen(config) && Object.isFrozen(config.webhookSecrets) && Object.isFrozen(config.apiKeys),
    ).toBe(true);
  });
});

describe('.env.example', () => {
  test('has one line for each setting, and copying it changes nothing', async () => {
    const text = await readFile(new URL('../../.env.example', import.meta.url), 'utf8');
    const names = text.split('\n').flatMap((line) => /^#?([A-Z_]+)=/.exec(line)?.[1] ?? []);
    expect(names.sort()).toEqual([...SETTING_NAMES].sort());
    expect(readConfig(parseEnv(text) as Record<string, string>)).toMatchObject({
      ...readConfig({}),
      retrySchedule: DEFAULT_RETRY_SCHEDULE,
    });
  });
});
