import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeEndpoint } from '../../../src/domain/judge-endpoint.ts';

const row = {
  id: '507f1f77bcf86cd799439011',
  url: 'https://example.com/hook',
  secret: 'your-secret',
  sealedSecret: undefined,
  events: 'incident.created,incident.updated',
  isActive: true,
  description: undefined,
  createdAt: undefined,
  updatedAt: undefined,
};

describe('a hand-made row', () => {
  test('of the guide is an active endpoint', () => {
    expect(judgeEndpoint(row)).toMatchObject({
      state: 'ACTIVE',
      events: ['INCIDENT_CREATED', 'INCIDENT_UPDATED'],
      secret: { form: 'PLAIN', value: 'your-secret' },
    });
  });

  test.each([
    ['events as an array', { events: ['evidence.added'] }, ['EVIDENCE_ADDED']],
    [
      'blanks, repetition and a trailing comma',
      { events: ' incident.created, incident.created , ' },
      ['INCIDENT_CREATED'],
    ],
  ])('may write %s', (_what, columns, events) => {
    expect(judgeEndpoint({ ...row, ...columns })).toMatchObject({ state: 'ACTIVE', events });
  });

  test.each([
    [undefined, 'ACTIVE'],
    [null, 'ACTIVE'],
    [1, 'ACTIVE'],
    ['TRUE', 'ACTIVE'],
    [false, 'INACTIVE'],
    [0, 'INACTIVE'],
    ['false', 'INACTIVE'],
    ['perhaps', 'INVALID'],
    [2, 'INVALID'],
  ])('with is_active %j is %s', (isActive, state) => {
    expect(judgeEndpoint({ ...row, isActive }).state).toBe(state);
  });

  test.each([
    [{ url: undefined }, 'url is missing'],
    [{ url: 'example.com/hook' }, 'url is not an absolute url'],
    [{ url: 'ftp://example.com' }, 'url must begin with https:// or http://'],
    [{ url: 'https://a:b@example.com' }, 'url must not carry a user name or password'],
    [{ url: 'https://example.com/a b' }, 'url must not hold blanks or control characters'],
    [{ secret: undefined }, 'secret is missing'],
    [{ secret: '  ' }, 'secret is missing'],
    [{ secret: 12 }, 'secret must be a text'],
    [{ secret: 'whsec_not base64' }, 'secret: what follows whsec_ is not base64'],
    [{ secret: 'whsec_' }, 'secret: no key follows whsec_'],
    [{ events: '' }, 'events must name at least one of'],
    [{ events: 'incident.created,incident.deleted' }, 'events do not include "incident.deleted"'],
    [{ events: { $gt: '' } }, 'events must be event names'],
    [{ id: 'ümlaut' }, '_id must be'],
  ])('%j is INVALID and says why', (columns, reason) => {
    const endpoint = judgeEndpoint({ ...row, ...columns });
    expect(endpoint.state).toBe('INVALID');
    expect(endpoint.invalidReason).toContain(reason);
  });

  test('tells all its faults together', () => {
    expect(
      judgeEndpoint({ ...row, url: 'x', events: 'y', secret: '' }).invalidReason?.split('; ').length,
    ).toBeGreaterThan(2);
  });

  test('that was written over a registered one wins with its secret', () => {
    expect(judgeEndpoint({ ...row, sealedSecret: 'v1.a.b.c' }).secret).toEqual({
      form: 'PLAIN',
      value: 'your-secret',
    });
    expect(judgeEndpoint({ ...row, secret: null, sealedSecret: 'v1.a.b.c' }).secret).toEqual({
      form: 'SEALED',
      sealed: 'v1.a.b.c',
    });
  });

  test('of any content is judged without throwing, and has a secret unless it is INVALID', () => {
    const anything = fc.anything({ withDate: true, withBigInt: true, withNullPrototype: true });
    fc.assert(
      fc.property(
        fc.record({
          url: anything,
          secret: anything,
          sealedSecret: anything,
          events: anything,
          isActive: anything,
        }),
        (columns) => {
          const endpoint = judgeEndpoint({ ...row, ...columns });
          return endpoint.state === 'INVALID' || endpoint.secret !== null;
        },
      ),
    );
  });
});
