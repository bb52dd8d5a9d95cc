import { describe, expect, test } from 'vitest';
import { checkSourceInput } from '../../../src/domain/source-input.ts';
import type { SourceInput } from '../../../src/domain/source-input.ts';
import type { SourceProvider } from '../../../src/domain/source-provider.ts';

const github: SourceProvider = { name: 'github' };
const grafana: SourceProvider = {
  name: 'grafana',
  settings: {
    timestamp_header: 'the header with the time',
    signature_header: 'the header with the signature',
  },
};
const providers = new Map([github, grafana].map((provider) => [provider.name, provider]));

function check(input: SourceInput, provider: SourceProvider | undefined = grafana) {
  const result = checkSourceInput(input, { provider, providers });
  return 'refusals' in result
    ? result.refusals.map(({ code, path }) => `${code} ${path.join('.')}`)
    : result.checked;
}

function messageOf(input: SourceInput, provider: SourceProvider = grafana): string {
  const result = checkSourceInput(input, { provider, providers });
  return 'refusals' in result ? result.refusals.map(({ message }) => message).join('; ') : 'taken';
}

describe('what is said of a source', () => {
  test('is taken as it is where it can be used, and what is not spoken of stays out', () => {
    const input = {
      name: 'eu-prod_2',
      description: '  the one in Europe ',
      enabled: false,
      settings: [{ name: 'timestamp_header', value: ' X-Time ' }],
      ratePerSecond: 0.5,
      secret: 'It’s a Secret to Everybody',
    };
    expect(check(input)).toEqual({
      ...input,
      description: 'the one in Europe',
      settings: { timestamp_header: 'X-Time' },
    });
    expect(check({})).toEqual({});
    expect(check({ description: ' ', ratePerSecond: null, secret: null, settings: [] })).toEqual({
      description: null,
      ratePerSecond: null,
      secret: null,
      settings: {},
    });
  });

  test('is told all that is wrong with it, and where', () => {
    const input = {
      name: 'EU',
      description: 'x'.repeat(1001),
      enabled: null,
      settings: [{ name: 'region', value: 'x' }],
      ratePerSecond: 0,
      secret: 'short',
    };
    expect(check(input)).toEqual(Object.keys(input).map((field) => `INVALID input.${field}`));
  });

  test.each([
    '',
    '-eu',
    '_eu',
    'eu prod',
    'eu/prod',
    'é',
    'eu:prod',
    'x'.repeat(64),
    'mutation',
    'opslens',
    null,
  ])('cannot be the name %j: it stands in an address and in keys', (name) => {
    expect(check({ name })).toEqual(['INVALID input.name']);
  });

  test.each(['a', '0', 'eu_prod-2', 'x'.repeat(63)])('may be the name %j', (name) => {
    expect(check({ name })).toEqual({ name });
  });

  test('cannot be the name of a provider, which is that of its default source', () => {
    expect(check({ name: 'github' })).toEqual(['CONFLICT input.name']);
  });

  test('may be settings that the provider knows, each once, and it is told which those are', () => {
    const setting = (name: string, value = 'x') => ({ settings: [{ name, value }] });
    expect(messageOf(setting('region'))).toContain('grafana knows timestamp_header, signature_header');
    expect(messageOf(setting('region'), github)).toContain('github has none');
    expect(messageOf(setting('constructor'), github)).toContain('github has none');
    expect(messageOf(setting('timestamp_header', ' '))).toContain('must not be empty');
    expect(messageOf(setting('timestamp_header', 'x'.repeat(4097)))).toContain('at most 4096');
    expect(messageOf(setting('timestamp_header', 'a\r\nb'))).toContain('control characters');
    const twice = { name: 'timestamp_header', value: 'x' };
    expect(messageOf({ settings: [twice, twice] })).toContain('twice');
  });

  test.each([0, -1, 0.009, 100_001, Number.NaN, Infinity])('cannot be the rate %d', (ratePerSecond) => {
    expect(check({ ratePerSecond })).toEqual(['INVALID input.ratePerSecond']);
  });

  test.each(['', '   ', 'short12', ' blanks around ', 'a line\n', 'x'.repeat(513), 'half a \ud800 pair'])(
    'cannot be the secret %j, and the refusal does not repeat it',
    (secret) => {
      expect(check({ secret })).toEqual(['INVALID input.secret']);
      if (secret.trim() !== '') expect(messageOf({ secret })).not.toContain(secret.trim());
    },
  );
});
