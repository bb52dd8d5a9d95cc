import { describe, expect, it } from 'vitest';
import { parseEndpointUrl } from '../../../src/domain/endpoint-url.ts';
import { PUBLIC_URLS, TRICKY_URLS, UNUSABLE_URLS } from '../../support/tricky-targets.ts';

describe('a url of an endpoint', () => {
  it.each(UNUSABLE_URLS)('is refused for what it says: %s', (url) => {
    expect(parseEndpointUrl(url)).toMatchObject({ ok: false });
  });

  it.each(PUBLIC_URLS)('may have any usual port and any above 1023: %s', (url) => {
    expect(parseEndpointUrl(url)).toEqual({ ok: true, url });
  });

  it('says which ports are usable', () => {
    expect(parseEndpointUrl('https://receiver.example:22/')).toEqual({
      ok: false,
      reason: 'must have port 443, 80 or one from 1024 on',
    });
  });

  it.each(['http://127.0.0.1:81/', 'http://localhost:81/', 'http://[fd00::1]:81/'])(
    'may have any port where only whoever allowed it can be meant: %s',
    (url) => {
      expect(parseEndpointUrl(url)).toEqual({ ok: true, url });
    },
  );

  it('leaves addresses to whoever knows which are allowed', () => {
    for (const url of TRICKY_URLS) expect(parseEndpointUrl(url)).toMatchObject({ ok: true });
  });
});
