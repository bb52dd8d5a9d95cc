import { describe, expect, it } from 'vitest';
import { createCertificates } from '../../../src/inbound/providers/sns/certificates.ts';
import { selfSignedCertificate } from '../../support/self-signed-certificate.ts';

const { pem } = selfSignedCertificate();
const START = Date.parse('2026-03-10T00:00:00Z');
const after = (seconds: number): Date => new Date(START + seconds * 1000);
const url = (n: number): string => `https://sns.eu-west-1.amazonaws.com/${n}.pem`;

/** A far side that counts what is asked of it. */
function farSide(answer: (url: string) => Promise<string> = () => Promise.resolve(pem)) {
  const asked: string[] = [];
  return {
    asked,
    fetchText(wanted: string): Promise<string> {
      asked.push(wanted);
      return answer(wanted);
    },
  };
}

const away = () => farSide(() => Promise.reject(new Error('no route')));

describe('certificates of SNS', () => {
  it('are fetched once, however many messages wait for one', async () => {
    const find = createCertificates();
    const side = farSide();
    const context = { fetchText: side.fetchText, now: after(0) };
    const found = await Promise.all(Array.from({ length: 50 }, () => find(url(1), context)));
    expect(new Set(found.map(({ kind }) => kind))).toEqual(new Set(['CERTIFICATE']));
    expect(side.asked).toEqual([url(1)]);
  });

  it('are kept for a day', async () => {
    const find = createCertificates();
    const side = farSide();
    for (const seconds of [0, 60, 86_399])
      await find(url(1), { fetchText: side.fetchText, now: after(seconds) });
    expect(side.asked).toHaveLength(1);
    await find(url(1), { fetchText: side.fetchText, now: after(86_400) });
    expect(side.asked).toHaveLength(2);
  });

  it('that cannot be fetched are not tried again for a moment, and then are', async () => {
    const find = createCertificates();
    const broken = away();
    for (const seconds of [0, 1, 14]) {
      const found = await find(url(1), { fetchText: broken.fetchText, now: after(seconds) });
      expect(found).toEqual({ kind: 'AWAY', message: expect.stringContaining('no route') });
    }
    expect(broken.asked).toHaveLength(1);
    const found = await find(url(1), { fetchText: farSide().fetchText, now: after(15) });
    expect(found.kind).toBe('CERTIFICATE');
  });

  it('are told from what is none, which is looked for again soon', async () => {
    const find = createCertificates();
    const page = farSide(() => Promise.resolve('<html>'));
    expect((await find(url(1), { fetchText: page.fetchText, now: after(0) })).kind).toBe('WRONG');
    expect((await find(url(1), { fetchText: farSide().fetchText, now: after(15) })).kind).toBe('CERTIFICATE');
  });

  it('are not asked for without end, and those that are known stay known', async () => {
    const find = createCertificates();
    const good = farSide();
    await find(url(-1), { fetchText: good.fetchText, now: after(0) });
    const broken = away();
    for (let n = 0; n < 2000; n += 1) {
      const found = await find(url(n), { fetchText: broken.fetchText, now: after(n / 10) });
      expect(found.kind).toBe('AWAY');
    }
    // 200 seconds of strangers.
    expect(broken.asked.length).toBeLessThan(100);
    expect(broken.asked.length).toBeGreaterThan(20);
    expect((await find(url(-1), { fetchText: good.fetchText, now: after(200) })).kind).toBe('CERTIFICATE');
    expect(good.asked).toHaveLength(1);
  });

  it('that strangers make up do not push out those that exist', async () => {
    const find = createCertificates();
    const good = farSide();
    await find(url(-1), { fetchText: good.fetchText, now: after(0) });
    const broken = away();
    for (let n = 0; n < 300; n += 1) await find(url(n), { fetchText: broken.fetchText, now: after(n * 60) });
    expect(broken.asked.length).toBe(300);
    await find(url(-1), { fetchText: good.fetchText, now: after(300 * 60) });
    expect(good.asked).toHaveLength(1);
  });
});
