import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeEndpoint } from '../../../src/domain/judge-endpoint.ts';
import { checkEndpointSettings, readEndpointSettings } from '../../../src/domain/read-endpoint-settings.ts';
import { NO_SETTINGS } from '../../../src/domain/webhook-endpoint.ts';

const row = {
  id: 'id',
  url: 'https://example.com/hook',
  secret: 'your-secret',
  sealedSecret: undefined,
  events: 'incident.created',
  isActive: true,
  description: undefined,
  createdAt: undefined,
  updatedAt: undefined,
};

describe('settings that somebody wrote into a row', () => {
  test('limit nothing where there are none', () => {
    expect(readEndpointSettings({})).toEqual({ settings: NO_SETTINGS, reasons: [] });
    const nulls = {
      headers: null,
      ratePerSecond: null,
      maxInFlight: null,
      minSeverity: null,
      sources: null,
      services: null,
      publicKeySignature: null,
    };
    expect(readEndpointSettings(nulls)).toEqual({ settings: NO_SETTINGS, reasons: [] });
    expect(judgeEndpoint({ ...row, ...nulls })).toMatchObject({ state: 'ACTIVE', ...NO_SETTINGS });
  });

  test('may be written in the way that comes easiest', () => {
    const columns = {
      headers: { 'X-Team': 'payments' },
      ratePerSecond: 0.5,
      maxInFlight: 4,
      minSeverity: ' high',
      sources: 'monitor, pager ,monitor,',
      services: ['check,out', ' cart '],
      publicKeySignature: ' True',
    };
    expect(judgeEndpoint({ ...row, ...columns })).toMatchObject({
      state: 'ACTIVE',
      headers: [{ name: 'X-Team', value: 'payments' }],
      ratePerSecond: 0.5,
      maxInFlight: 4,
      minSeverity: 'HIGH',
      sources: ['monitor', 'pager'],
      services: ['check,out', 'cart'],
      publicKeySignature: true,
    });
  });

  test.each([
    [
      { headers: 'X-Team: a' },
      'headers must be names with values, or an array of objects with name and value',
    ],
    [
      { headers: [{ name: 'X-Key', sealed: 1 }] },
      'headers must give X-Key a value of visible ASCII characters',
    ],
    [{ headers: { Host: 'a' } }, 'headers must not include Host, which is not yours to set'],
    [{ ratePerSecond: 0.01 }, 'rate_per_second must be a number from 0.1 to 1000'],
    [{ ratePerSecond: 1001 }, 'rate_per_second must be a number from 0.1 to 1000'],
    [{ ratePerSecond: NaN }, 'rate_per_second must be a number from 0.1 to 1000'],
    [{ ratePerSecond: '5' }, 'rate_per_second must be a number from 0.1 to 1000'],
    [{ maxInFlight: 0 }, 'max_in_flight must be a whole number from 1 to 32'],
    [{ maxInFlight: 33 }, 'max_in_flight must be a whole number from 1 to 32'],
    [{ maxInFlight: 1.5 }, 'max_in_flight must be a whole number from 1 to 32'],
    [{ minSeverity: 'urgent' }, 'min_severity must be one of critical, high, medium, low, info'],
    [{ minSeverity: 1 }, 'min_severity must be one of critical, high, medium, low, info'],
    [{ sources: 5 }, 'sources must be names, separated by commas or as an array'],
    [{ sources: ',' }, 'sources must hold names of 1 to 200 characters only'],
    [{ sources: ['a', ''] }, 'sources must hold names of 1 to 200 characters only'],
    [{ services: [5] }, 'services must hold names of 1 to 200 characters only'],
    [{ services: ['x'.repeat(201)] }, 'services must hold names of 1 to 200 characters only'],
    [{ services: Array<string>(101).fill('x') }, 'services must be at most 100 names'],
    [{ services: 'x,'.repeat(101) }, 'services must be at most 100 names'],
    [{ publicKeySignature: 'v1a' }, 'public_key_signature must be true or false'],
  ])('%j makes it invalid, and the column is named', (columns, reason) => {
    expect(judgeEndpoint({ ...row, ...columns })).toMatchObject({
      state: 'INVALID',
      invalidReason: reason,
      ...NO_SETTINGS,
    });
  });

  test('are told with all that is wrong with them', () => {
    const { invalidReason } = judgeEndpoint({ ...row, url: 'x', ratePerSecond: 0, minSeverity: 'x' });
    expect(invalidReason).toMatch(/url .*; rate_per_second .*; min_severity /);
  });

  test('never throw, whatever they are', () => {
    const columns = fc.record(
      {
        headers: fc.anything(),
        ratePerSecond: fc.anything(),
        maxInFlight: fc.anything(),
        minSeverity: fc.anything(),
        sources: fc.anything(),
        services: fc.anything(),
        publicKeySignature: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(columns, (written) => {
        const { settings, reasons } = readEndpointSettings(written);
        expect(Object.keys(settings).sort()).toEqual(Object.keys(NO_SETTINGS).sort());
        expect(readEndpointSettings(settings)).toEqual({ settings, reasons: [] });
        expect(reasons.length).toBeLessThanOrEqual(7);
      }),
    );
  });
});

test('only the settings that are spoken of are checked', () => {
  expect(checkEndpointSettings({ minSeverity: 'INFO', sources: null })).toEqual({
    settings: { minSeverity: 'INFO', sources: [] },
    refused: [],
  });
  expect(checkEndpointSettings({ maxInFlight: 99, ratePerSecond: undefined })).toEqual({
    settings: {},
    refused: [{ setting: 'maxInFlight', reason: 'must be a whole number from 1 to 32' }],
  });
});

test('a sealed header is one of a row, and can be given by nobody', () => {
  const headers = [{ name: 'X-Key', sealed: 'v1.a.b.c' }];
  expect(judgeEndpoint({ ...row, headers })).toMatchObject({ state: 'ACTIVE', headers });
  expect(checkEndpointSettings({ headers })).toMatchObject({
    settings: {},
    refused: [{ setting: 'headers' }],
  });
});
