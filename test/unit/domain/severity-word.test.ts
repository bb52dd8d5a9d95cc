import { describe, expect, it } from 'vitest';
import { severityFromPriority, severityFromWord } from '../../../src/domain/severity-word.ts';

describe('words of severity', () => {
  it.each([
    ['critical', 'CRITICAL'],
    ['Page', 'CRITICAL'],
    ['HIGH', 'HIGH'],
    [' error ', 'HIGH'],
    ['major', 'HIGH'],
    ['warning', 'MEDIUM'],
    ['minor', 'MEDIUM'],
    ['medium', 'MEDIUM'],
    ['low', 'LOW'],
    ['info', 'INFO'],
    ['none', 'INFO'],
    ['debug', 'INFO'],
  ])('reads %s as %s', (word, severity) => {
    expect(severityFromWord(word)).toBe(severity);
  });

  it.each(['yellow-ish', '', 'constructor', '__proto__', 'toString'])('does not understand "%s"', (word) => {
    expect(severityFromWord(word)).toBeNull();
  });

  it('reads priorities with and without the letter', () => {
    expect(['P1', 'p2', '3', 4, 'P5'].map(severityFromPriority)).toEqual([
      'CRITICAL',
      'HIGH',
      'MEDIUM',
      'LOW',
      'INFO',
    ]);
    expect(['P0', 'P6', 6, 1.5, '', 'urgent', 'P11'].map(severityFromPriority)).toEqual(Array(7).fill(null));
  });
});
