import { describe, expect, test } from 'vitest';
import { checkEndpointInput } from '../../../src/domain/endpoint-input.ts';

const valid = { url: 'https://example.com/hook', events: { names: 'incident.created' } };

function paths(input: Parameters<typeof checkEndpointInput>[0]): string[] {
  const result = checkEndpointInput(input);
  return 'refusals' in result ? result.refusals.map(({ path }) => path.join('.')) : [];
}

describe('what is said of an endpoint', () => {
  test('is usable when it follows the guide', () => {
    expect(
      checkEndpointInput({ ...valid, secret: 'your-secret', description: '  ours ', isActive: false }),
    ).toEqual({
      checked: {
        url: 'https://example.com/hook',
        events: ['INCIDENT_CREATED'],
        secret: 'your-secret',
        description: 'ours',
        isActive: false,
      },
    });
  });

  test('says nothing of fields that it leaves out', () => {
    expect(checkEndpointInput({ description: null })).toEqual({ checked: { description: null } });
    expect(checkEndpointInput({})).toEqual({ checked: {} });
  });

  test('is refused with all its mistakes at once', () => {
    expect(paths({ url: 'x', events: { names: 'y' }, secret: '', description: 5, isActive: 'no' })).toEqual([
      'input.url',
      'input.events',
      'input.description',
      'input.isActive',
      'input.secret',
    ]);
  });

  test.each([
    null,
    '',
    5,
    'https://',
    '/hook',
    'javascript:alert(1)',
    'https://u@example.com',
    `https://e.com/${'x'.repeat(2048)}`,
    'https://e.com/\ud800',
  ])('the url %j is refused', (url) => {
    expect(paths({ url })).toEqual(['input.url']);
  });

  test.each([5, '  ', 'whsec_', 'whsec_?', 'x'.repeat(513), '\ud800'])(
    'the secret %j is refused',
    (secret) => {
      expect(paths({ secret })).toEqual(['input.secret']);
    },
  );

  test.each([
    { types: [] },
    { types: null },
    { names: undefined },
    { names: [] },
    { names: ['INCIDENT_CREATED'] },
  ])('events %j are refused', (events) => {
    expect(paths({ events })).toEqual(['input.events']);
  });
});
