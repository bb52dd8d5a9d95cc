import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTargetRule, hostOf } from '../../../src/domain/blocked-address.ts';
import { PUBLIC_URLS, TRICKY_URLS } from '../../support/tricky-targets.ts';

const strict = createTargetRule({ listensOnLoopback: false, allow: [] });
const refuses = (url: string, rule = strict) => rule.refusesAddress(hostOf(new URL(url)));

type Octets = [number, number, number, number];

/** Any address of the network. */
function within([a, b, c, d]: Octets, length: number): fc.Arbitrary<Octets> {
  const base = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  const host = 2 ** (32 - length);
  return fc.nat({ max: host - 1 }).map((n) => octets(base + n));
}

function octets(value: number): Octets {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}

const hex = (value: number): string => value.toString(16);
const number = ([a, b, c, d]: Octets): number => ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;

const privateAddress = fc.oneof(
  within([10, 0, 0, 0], 8),
  within([172, 16, 0, 0], 12),
  within([192, 168, 0, 0], 16),
  within([127, 0, 0, 0], 8),
  within([169, 254, 0, 0], 16),
  within([100, 64, 0, 0], 10),
  within([0, 0, 0, 0], 8),
  within([224, 0, 0, 0], 3),
);
const anyAddress = within([0, 0, 0, 0], 0);
const base = fc.constantFrom(
  (n: number) => String(n),
  (n: number) => `0x${hex(n)}`,
  (n: number) => `0X0${hex(n).toUpperCase()}`,
  (n: number) => `0${n.toString(8)}`,
);
const bases = fc.tuple(base, base, base, base);
const digits = fc.constantFrom(
  (text: string) => text,
  (text: string) => text.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
  (text: string) => text.replace(/\d/g, (digit) => `%3${digit}`),
);
const dot = fc.constantFrom('.', '。', '．', '｡', '%2e');

/** The last number takes all octets that are left, as inet_aton has it. */
function written(address: Octets, parts: number, to: ((n: number) => string)[]): string {
  const rest = number(address) % 2 ** (8 * (5 - parts));
  return [...address.slice(0, parts - 1), rest].map((n, index) => to[index]?.(n) ?? String(n)).join('.');
}

describe('where webhooks may go', () => {
  it.each(TRICKY_URLS)('is not %s', (url) => {
    expect(refuses(url)).toEqual(expect.any(String));
  });

  it.each(PUBLIC_URLS)('is %s', (url) => {
    expect(refuses(url)).toBeNull();
  });

  it.each([
    '',
    'localhost',
    '::8.8.8.8',
    '::127.0.0.1',
    'fe80::1%eth0',
    '::ffff:10.0.0.1%1',
    '8.8.8.8\n',
    'g::1',
  ])('is no answer of a resolver such as %j', (address) => {
    expect(strict.refusesAddress(address)).toEqual(expect.any(String));
  });

  it('is no private IPv4 address, however it is written', () => {
    fc.assert(
      fc.property(
        privateAddress,
        fc.integer({ min: 1, max: 4 }),
        bases,
        digits,
        dot,
        fc.constantFrom('', '.'),
        (address, parts, to, spell, between, end) => {
          const host = spell(written(address, parts, to)).replaceAll('.', between) + end;
          expect(refuses(`http://${host}/`)).toEqual(expect.any(String));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('is no IPv4 address within an IPv6 one, but a public one that is only mapped', () => {
    const group = fc.nat({ max: 0xffff });
    fc.assert(
      fc.property(
        anyAddress,
        fc.tuple(group, group, group, group),
        fc.constantFrom(0, 0x200),
        (address, net, flag) => {
          const [a, b, c, d] = address;
          const dotted = address.join('.');
          const groups = `${hex((a << 8) | b)}:${hex((c << 8) | d)}`;
          const network = [0x2600 | (net[0] & 0xff), ...net.slice(1)].map(hex).join(':');
          for (const embedded of [
            `::${dotted}`,
            `::${groups}`,
            `::ffff:0:${dotted}`,
            `64:ff9b::${dotted}`,
            `64:ff9b:1::${groups}`,
            `64:ff9b:1:${hex(net[0])}:${hex(net[1])}:${hex(net[2])}:${groups}`,
            `2002:${groups}:${hex(net[0])}::1`,
            `2001:0:${groups}:${net.map(hex).join(':')}`,
            `${network}:${hex(flag)}:5efe:${groups}`,
          ])
            expect(refuses(`http://[${embedded}]/`), embedded).toEqual(expect.any(String));
          const plain = strict.refusesAddress(dotted);
          expect(refuses(`http://[::ffff:${dotted}]/`)).toBe(plain);
          expect(refuses(`http://[::ffff:${groups}]/`)).toBe(plain);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('is most of the public internet', () => {
    const first = fc
      .integer({ min: 1, max: 223 })
      .filter((a) => ![10, 100, 127, 168, 169, 172, 192, 198, 203].includes(a));
    const octet = fc.nat({ max: 255 });
    fc.assert(
      fc.property(first, octet, octet, octet, (...address) => {
        expect(strict.refusesAddress(address.join('.'))).toBeNull();
      }),
    );
  });
});

describe('this machine', () => {
  const own = createTargetRule({ listensOnLoopback: true, allow: [] });

  it('may be sent to while only this machine is listened to, and nothing else for that', () => {
    for (const host of ['127.0.0.1', '127.1', '[::1]', '[::ffff:127.0.0.1]']) {
      expect(refuses(`http://${host}/`, own)).toBeNull();
    }
    for (const url of ['http://0.0.0.0/', 'http://[::]/', 'http://10.0.0.1/', 'http://[::127.0.0.1]/']) {
      expect(refuses(url, own)).toEqual(expect.any(String));
    }
  });

  it.each(['localhost', 'LOCALHOST.', 'foo.localhost', 'localhost..'])('is meant by %s', (name) => {
    expect(strict.refusesName(name)).toBe('loopback');
    expect(own.refusesName(name)).toBeNull();
    for (const network of ['127.0.0.0/8', '127.0.0.1', '::1']) {
      expect(createTargetRule({ listensOnLoopback: false, allow: [network] }).refusesName(name)).toBeNull();
    }
  });

  it.each(['localhost.example.com', 'notlocalhost', 'receiver.example'])('is not meant by %s', (name) => {
    expect(strict.refusesName(name)).toBeNull();
  });
});

describe('what is allowed by name of its network', () => {
  const rule = createTargetRule({
    listensOnLoopback: false,
    allow: ['10.1.0.0/16', '192.168.7.9', 'fd12:3456::/32', '64:ff9b::a00:1', '::ffff:172.16.0.0/108'],
  });

  it.each([
    '10.1.0.0',
    '10.1.255.255',
    '192.168.7.9',
    'fd12:3456::1',
    '64:ff9b::a00:1',
    '172.16.9.9',
    '::ffff:10.1.2.3',
  ])('may be sent to (%s)', (address) => {
    expect(rule.refusesAddress(address)).toBeNull();
  });

  it.each([
    '10.0.255.255',
    '10.2.0.0',
    '192.168.7.8',
    'fd12:3457::1',
    '64:ff9b::a00:2',
    '127.0.0.1',
    '::10.1.2.3',
    '172.32.0.1.nip.io',
  ])('is nothing else (%s)', (address) => {
    expect(rule.refusesAddress(address)).toEqual(expect.any(String));
  });
});
