import fc from 'fast-check';

const CHARS = ['a', 'b', 'A', 'é', '😀', '_', '0', '\n', ' '];
const ATOMS = [
  ...CHARS,
  '.',
  '[ab]',
  '[^a]',
  '[a-zé-ÿ]',
  '[^\\s\\d]',
  '\\d',
  '\\W',
  '\\s',
  '^',
  '$',
  '\\b',
  '\\B',
  '\\u{1f600}',
  '\\.',
  '()',
];

/** Texts in which the patterns below often match and often do not. */
export const anyText: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...CHARS), { maxLength: 8 })
  .map((signs) => signs.join(''));

/** Patterns in the syntax that RE2 and a JavaScript expression with the flag `u` share; `\u{…}` is JavaScript's for `\x{…}`. */
export const anyPatternText: fc.Arbitrary<string> = fc.letrec<{ pattern: string }>((tie) => ({
  pattern: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 5, arbitrary: fc.constantFrom(...ATOMS) },
    { weight: 3, arbitrary: fc.array(tie('pattern'), { maxLength: 4 }).map((parts) => parts.join('')) },
    { weight: 1, arbitrary: fc.array(tie('pattern'), { maxLength: 3 }).map((parts) => `(${parts.join('|')})`) },
    {
      weight: 2,
      arbitrary: fc
        .record({ part: tie('pattern'), count: fc.constantFrom('*', '+', '?', '{2}', '{0,2}', '{1,}', '*?', '{0}') })
        .map(({ part, count }) => `(?:${part})${count}`),
    },
  ),
})).pattern;
