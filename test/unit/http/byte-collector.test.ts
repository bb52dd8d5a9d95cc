import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createByteCollector } from '../../../src/http/byte-collector.ts';

test('pieces of any size come together in order, whatever was announced', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 40_000 }), { maxLength: 20 }),
      fc.nat(100_000),
      (pieces, announced) => {
        const collected = createByteCollector(announced);
        for (const piece of pieces) collected.add(Buffer.from(piece));
        const whole = Buffer.concat(pieces);
        expect(collected.size).toBe(whole.length);
        expect(collected.whole().equals(whole)).toBe(true);
      },
    ),
    { numRuns: 50 },
  );
});

test('a body of one piece is that piece, uncopied; those of many are held as bytes, not as pieces', () => {
  const piece = Buffer.from('abc');
  const one = createByteCollector(3);
  one.add(piece);
  expect(one.whole()).toBe(piece);

  const many = createByteCollector(0);
  many.add(Buffer.from('a'));
  many.add(piece);
  piece.fill('z');
  expect(many.whole().toString()).toBe('aabc');
});

test('no more memory is taken than twice what came, however much is announced', () => {
  const collected = createByteCollector(25 * 1024 * 1024);
  collected.add(Buffer.alloc(20_000));
  collected.add(Buffer.alloc(20_000));
  expect(collected.whole().buffer.byteLength).toBeLessThanOrEqual(80_000);
});
