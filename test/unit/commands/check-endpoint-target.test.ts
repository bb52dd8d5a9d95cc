import { describe, expect, it } from 'vitest';
import { createCheckEndpointTarget } from '../../../src/commands/check-endpoint-target.ts';
import { createTargetRule } from '../../../src/domain/blocked-address.ts';
import type { ResolveName } from '../../../src/kernel/resolve-name.ts';
import { PUBLIC_URLS, TRICKY_NAMES, TRICKY_URLS } from '../../support/tricky-targets.ts';

const addresses = (...all: string[]) =>
  all.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

function check(resolve: ResolveName, allow: string[] = [], listensOnLoopback = false) {
  const counted: string[] = [];
  const metrics = { ssrfBlocked: (stage: string) => void counted.push(stage) };
  const rule = createTargetRule({ listensOnLoopback, allow });
  const target = createCheckEndpointTarget({ rule, resolve, metrics, timeoutMs: 50 });
  return { target, counted };
}

const notAsked: ResolveName = (name) => Promise.reject(new Error(`${name} must not be looked up`));
const refused = { code: 'INVALID', path: ['input', 'url'] };

describe('an endpoint is not registered', () => {
  it.each(TRICKY_URLS)('at %s', async (url) => {
    const { target, counted } = check(notAsked);
    expect(await target(url)).toMatchObject(refused);
    expect(counted).toEqual(['registration']);
  });

  it.each(TRICKY_NAMES)('at %s', async (name, leadsTo) => {
    const { target } = check(() => Promise.resolve(addresses(...leadsTo)));
    expect(await target(`https://${name}/hook`)).toMatchObject(refused);
  });

  it('and told why and what would allow it, but not what its name resolves to', async () => {
    const { target } = check(() => Promise.resolve(addresses('10.20.30.40')));
    expect(await target('https://inside.example/')).toEqual({
      ...refused,
      message: 'url leads to an address that is not public and not sent to unless OUTBOUND_ALLOW names it',
    });
    expect(await target('https://10.20.30.40/')).toEqual({
      ...refused,
      message: 'url names an address (private) that is not sent to unless OUTBOUND_ALLOW names it',
    });
    expect((await target('https://localhost/'))?.message).toContain('OUTBOUND_ALLOW');
  });
});

describe('an endpoint is registered', () => {
  it.each(PUBLIC_URLS)('at %s', async (url) => {
    expect(await check(notAsked).target(url)).toBeNull();
  });

  it('at a name that leads to public addresses only', async () => {
    const { target } = check(() => Promise.resolve(addresses('8.8.8.8', '2606:4700::1111')));
    expect(await target('https://receiver.example/')).toBeNull();
  });

  it('at a name that cannot be resolved now, or not soon enough', async () => {
    const missing = check(() => Promise.reject(new Error('ENOTFOUND')));
    expect(await missing.target('https://receiver.example/')).toBeNull();
    const hanging = check(() => new Promise(() => undefined));
    expect(await hanging.target('https://receiver.example/')).toBeNull();
  });

  it('at this machine while only this machine is listened to', async () => {
    const { target } = check(() => Promise.resolve(addresses('127.0.0.1', '::1')), [], true);
    for (const host of ['127.0.0.1:8123', '[::1]:81', 'localhost:3000']) {
      expect(await target(`http://${host}/`)).toBeNull();
    }
  });

  it('where OUTBOUND_ALLOW says so, if all addresses of a name are covered', async () => {
    const { target } = check(() => Promise.resolve(addresses('10.0.0.1', '10.9.0.1')), ['10.0.0.0/16']);
    expect(await target('http://10.0.3.4:9000/')).toBeNull();
    expect(await target('http://inside.example/')).toMatchObject(refused);
  });
});
