import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countSlips, didYouMean } from './did-you-mean.ts';

describe('didYouMean', () => {
  it.each([
    ['imprt', ['export', 'import'], '; did you mean "import"?'],
    ['rnus', ['run', 'runs'], '; did you mean "runs"?'],
    ['IMPORT', ['import'], '; did you mean "import"?'],
    ['val/losss', ['val/acc', 'val/loss'], '; did you mean "val/loss"?'],
    ['xyz', ['import', 'export'], ''],
    ['ab', ['cd'], ''],
    ['x', [], ''],
  ])('for %s among %j says %j', (word, known, said) => {
    expect(didYouMean(word, known)).toBe(said);
  });
});

describe('countSlips', () => {
  it.each([
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
    ['ab', 'ba', 1],
    ['abcd', 'acbd', 1],
  ])('from %j to %j is %i', (from, to, slips) => {
    expect(countSlips(from, to)).toBe(slips);
  });

  it('is zero for equal words only, the same both ways, and at most the length of the longer word', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });
    const law = fc.property(word, word, (one, other) => {
      const slips = countSlips(one, other);
      expect(slips === 0).toBe(one === other);
      expect(countSlips(other, one)).toBe(slips);
      expect(slips).toBeLessThanOrEqual(Math.max(one.length, other.length));
      expect(slips).toBeGreaterThanOrEqual(Math.abs(one.length - other.length));
    });
    fc.assert(law);
  });
});
