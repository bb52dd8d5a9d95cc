import { generateKeyPairSync } from 'node:crypto';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import type { WebhookEndpoint } from '../../../src/domain/webhook-endpoint.ts';
import { createTargets } from '../../../src/outbound/targets.ts';
import { anEndpoint } from '../../integration/outbound/world.ts';

const UNTIL = new Date('2026-03-08T00:00:00.000Z');
const { privateKey } = generateKeyPairSync('ed25519');

function open({ cannotOpen = '' } = {}) {
  const state = { now: new Date(UNTIL.getTime() - 1), opened: [] as string[] };
  const targets = createTargets({
    openSecret({ secret }) {
      const text = secret?.form === 'SEALED' ? secret.sealed : (secret?.value ?? '');
      if (text === cannotOpen) throw new Error('sealed with another key');
      state.opened.push(text);
      return text;
    },
    openHeader(endpointId, { sealed }) {
      if (sealed === cannotOpen) throw new Error('sealed with another key');
      state.opened.push(`${sealed} of ${endpointId}`);
      return `opened ${sealed}`;
    },
    privateKey: () => privateKey,
    clock: { now: () => state.now },
    logger: pino({ level: 'silent' }),
  });
  return { state, targets };
}

function rotating(fields: Partial<WebhookEndpoint> = {}): WebhookEndpoint {
  return anEndpoint('e1', 'http://127.0.0.1/', {
    secret: { form: 'SEALED', sealed: 'old' },
    nextSecret: { sealed: 'new', until: UNTIL },
    ...fields,
  });
}

it('a rotation ends by the time alone, whether or not its end was written down', () => {
  const { state, targets } = open();
  const during = targets.of(rotating());
  expect(during?.keys.next).not.toBeNull();
  expect(targets.of(rotating())).toBe(during);
  expect(state.opened).toEqual(['old', 'new']);

  state.now = UNTIL;
  const after = targets.of(rotating());
  expect(after?.keys.next).toBeNull();
  expect(state.opened).toEqual(['old', 'new', 'new']);
  // Written down: nothing is opened anew.
  const written = rotating({ secret: { form: 'SEALED', sealed: 'new' }, nextSecret: null });
  expect(targets.of(written)).toBe(after);
});

it('a new secret that cannot be opened keeps everything back, since the receiver may have only that', () => {
  const { targets } = open({ cannotOpen: 'new' });
  expect(targets.of(rotating())).toBeUndefined();
  expect(targets.of(rotating({ nextSecret: null }))?.keys.next).toBeNull();
});

it('the key pair signs where the endpoint wants it, from the next turn on', () => {
  const { targets } = open();
  expect(targets.of(rotating())?.keys.privateKey).toBeNull();
  expect(targets.of(rotating({ publicKeySignature: true }))?.keys.privateKey).toBe(privateKey);
  expect(targets.of(rotating())?.keys.privateKey).toBeNull();
});

it('headers are opened with the secrets, once for as long as the row stays the same', () => {
  const { state, targets } = open();
  const headers = [
    { name: 'Authorization', sealed: 'key' },
    { name: 'X-Team', value: 'payments' },
  ];
  const target = targets.of(rotating({ headers }));
  expect(target?.headers).toEqual([
    { name: 'Authorization', value: 'opened key' },
    { name: 'X-Team', value: 'payments' },
  ]);
  expect(targets.of(rotating({ headers: [...headers] }))).toBe(target);
  expect(state.opened).toEqual(['old', 'new', 'key of e1']);
});

it('a header that cannot be opened keeps everything back: without it nothing would be let in', () => {
  const { targets } = open({ cannotOpen: 'key' });
  expect(targets.of(rotating({ headers: [{ name: 'Authorization', sealed: 'key' }] }))).toBeUndefined();
  expect(targets.of(rotating({ headers: [{ name: 'Authorization', value: 'key' }] }))).not.toBeUndefined();
});
