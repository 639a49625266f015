import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesPattern } from './matches-pattern.ts';
import { parsePattern } from './parse-pattern.ts';
import { anyPatternText, anyText } from './testing/any-pattern.ts';

const parse = (text: string) => parsePattern(text.replaceAll('\\u{', '\\x{'), (problem) => new Error(problem));

/** Tried at every character: V8 itself looks for \B within the two halves of one, too. */
function matchesInJavaScript(pattern: string, text: string): boolean {
  const expression = new RegExp(pattern, 'uy');
  const signs = [...text];
  return [...signs, ''].some((_, i) => {
    expression.lastIndex = signs.slice(0, i).join('').length;
    return expression.test(text);
  });
}

describe('a pattern', () => {
  it('matches where an expression of JavaScript does', () => {
    fc.assert(
      fc.property(anyPatternText, anyText, (pattern, text) => {
        // . means neither a carriage return nor a line separator to JavaScript, but no text here has one.
        expect(matchesPattern(parse(pattern), text)).toBe(matchesInJavaScript(pattern, text));
      }),
      { numRuns: 3000 },
    );
  });

  it.each<[pattern: string, text: string, matches: boolean]>([
    ['\\B', 'a😀a', false],
    ['(?i)ADAM', 'adam-w', true],
    ['(?i)straße', 'STRAßE', true],
    ['(?i)é', 'É', true],
    ['(?i:A)b', 'aB', false],
    ['(?i)[a-c]x', 'BX', true],
    ['(?i)^[^a]', 'A', false],
    ['(?i)^[^a]', 'b', true],
    ['(?i)^[[:lower:]]$', 'A', true],
    ['(?i)^[[:^lower:]]$', 'A', false],
    ['(?i)^\\W$', 'k', false],
    ['(?i)^[^\\d_]$', 'É', true],
    ['(?i)a(?-i)b', 'AB', false],
    ['a(?i)b|c', 'C', true],
    ['a(?i)b|c', 'A', false],
    ['(?s)a.b', 'a\nb', true],
    ['a.b', 'a\nb', false],
    ['a$', 'a\n', false],
    ['\\Aab\\z', 'ab', true],
    ['[[:digit:]]{3}', '12', false],
    ['[[:^alpha:]_]', 'ab', false],
    ['[[:alpha:]-]+$', 'a-b', true],
    ['[]a]', ']', true],
    ['[^]a]', ']', false],
    ['[a-]', '-', true],
    ['[\\]\\-x]', '-', true],
    ['a{,2}', 'a{,2}', true],
    ['a{2', 'a{2', true],
    ['(?P<seed>\\d+)-(?<rest>.*)', '12-x', true],
    ['\\x41\\x{1F600}', 'A😀', true],
    ['\\t', '\t', true],
    ['(?U)a+?', 'a', true],
    ['^.$', '😀', true],
    ['', '', true],
    ['run-(?:[0-9]|1[0-9])$', 'run-17', true],
  ])('%s in %j: %s', (pattern, text, expected) => {
    expect(matchesPattern(parse(pattern), text)).toBe(expected);
  });

  it('takes no longer for a text that nearly matches in many ways', () => {
    // An expression that tries one way after the other needs 2^5000 steps.
    expect(matchesPattern(parse('^(a|a)*(a*)*$'), `${'a'.repeat(5_000)}b`)).toBe(false);
  });
});

describe('parsePattern', () => {
  it.each([
    ['a(', 'a ( without its )'],
    ['a)', 'a ) without its ('],
    ['[a', 'a [ without its ]'],
    ['a\\', 'ends with a single \\'],
    ['*a', 'repeats nothing with *'],
    ['(a)\\1', 'the escape \\1'],
    ['\\pL', 'the escape \\p'],
    ['(?=a)', 'a group ?=a)'],
    ['(?m)^a', 'the flag m'],
    ['a{256}', 'counts beyond 255'],
    ['a{3,2}', 'counts from 3 to 2'],
    ['[b-a]', 'does not ascend'],
    ['[a-\\d]', 'the escape \\d'],
    ['[[:letter:]]', '[:letter:]'],
    ['[^\\x00-\\x{10FFFF}]', 'no character is in'],
    ['\\xg', '\\x without'],
    ['\\x{110000}', '\\x without'],
    ['(a{100}){100}', '10101 signs'],
    ['('.repeat(60), 'more than 50'],
  ])('refuses %s', (text, problem) => {
    expect(() => parsePattern(text, (said) => new Error(said))).toThrow(problem);
  });

  it('answers anything with a pattern or a refusal', () => {
    class Refusal extends Error {}
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'(?:i)[]^-\\dwx{1,2}*+|.ab$P<>:'), maxLength: 20 }), (text) => {
        try {
          parsePattern(text, (problem) => new Refusal(problem));
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
