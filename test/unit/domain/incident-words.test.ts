import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { incidentWords, searchedWords } from '../../../src/domain/incident-words.ts';

const LETTERS = Array.from('aAbBzZéÉüÜßøØıİiIçÇñÑåÅάΆσΣςабвГДйЙёЁ한글漢字ﬁﬀ①09 _-./:@+,;!?%#"\'\n\t');
const text = fc.string({ unit: fc.constantFrom(...LETTERS), maxLength: 60 });
const anyText = fc.oneof(text, fc.string({ unit: 'binary', maxLength: 60 }));
const incident = fc.record({ title: anyText, description: anyText });

describe('the words that an incident is found by', () => {
  test.each([
    ['Checkout is DOWN', ['checkout', 'down']],
    ['The state of the art', ['state', 'art']],
    ['Größe der Straße: 90%', ['grosse', 'der', 'strasse', '90']],
    ['Café CAFÉ cafe\u0301', ['cafe']],
    ['host api-7f.eu-west-1.example.com', ['host', 'api', '7f', 'eu', 'west', 'example', 'com']],
    ['load 2.5 over 1', ['load', '2.5', 'over']],
    ['İSTANBUL istanbul', ['istanbul']],
    ['ΟΔΟΣ οδός', ['οδος']],
    ['ошибка Ёлка', ['ошибка', 'елка']],
    ['한글 データ', ['한글', 'テータ']],
    ['a b c . , !', []],
    [`sha ${'0123456789'.repeat(7)}`, ['sha', '0123456789'.repeat(4)]],
  ])('of %j', (title, words) => {
    expect(incidentWords({ title, description: '' })).toEqual(words);
    expect(searchedWords(title)).toEqual(words);
  });

  test('are those of the title first, each once, at most 64', () => {
    const title = Array.from({ length: 50 }, (_, n) => `t${n}`).join(' ');
    const description = `t1 ${Array.from({ length: 50 }, (_, n) => `d${n}`).join(' ')}`;
    const words = incidentWords({ title, description });
    expect(words).toHaveLength(64);
    expect(words.slice(0, 50)).toEqual(title.split(' '));
    expect(words.slice(50)).toEqual(Array.from({ length: 14 }, (_, n) => `d${n}`));
  });

  test('are distinct, of 2 to 40 characters, whatever the text', () => {
    fc.assert(
      fc.property(incident, (one) => {
        const words = incidentWords(one);
        expect(new Set(words).size).toBe(words.length);
        for (const word of words) {
          expect(word.length).toBeGreaterThanOrEqual(2);
          expect(word.length).toBeLessThanOrEqual(40);
        }
      }),
    );
  });

  test('hold what is searched in whichever case, accents or composition, of the title or the description', () => {
    const spoken = [
      (it: string) => it,
      (it: string) => it.toUpperCase(),
      (it: string) => it.toLowerCase(),
      (it: string) => it.normalize('NFD'),
      (it: string) => it.normalize('NFKC'),
      (it: string) => it.normalize('NFD').replace(/\p{M}/gu, ''),
    ];
    fc.assert(
      fc.property(text, text, fc.constantFrom(...spoken), (title, description, as) => {
        const words = incidentWords({ title, description });
        expect(words).toEqual(expect.arrayContaining(searchedWords(as(title))));
        expect(words).toEqual(expect.arrayContaining(searchedWords(as(description))));
      }),
      { numRuns: 500 },
    );
  });

  test('take no longer for a hostile text than for a long one', () => {
    for (const hostile of ['-'.repeat(65_536), 'a-'.repeat(32_768), 'a.b-'.repeat(16_384)]) {
      const before = performance.now();
      incidentWords({ title: hostile.slice(0, 1_000), description: hostile });
      searchedWords(hostile.slice(0, 1_000));
      expect(performance.now() - before).toBeLessThan(200);
    }
  });
});
