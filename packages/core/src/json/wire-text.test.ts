import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatWireJson } from './format-json.ts';
import { fromWire } from './wire-json.ts';
import { wireText } from './wire-text.ts';

const leaf = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    'NaN',
    '-Infinity',
    Number.NaN,
    Number.NEGATIVE_INFINITY,
    -0,
    1e300,
    2 ** 53,
  ),
  fc.double(),
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }),
  fc.string(),
  fc.boolean(),
);
const { value: anyValue } = fc.letrec((tie) => ({
  value: fc.oneof(
    leaf,
    fc.array(tie('value')),
    fc.dictionary(fc.oneof(fc.string(), fc.constant('__proto__')), tie('value')),
  ),
}));

it('writes what formatWireJson writes of what fromWire reads', () => {
  fc.assert(
    fc.property(anyValue, (inner) => {
      expect(wireText({ inner })).toBe(formatWireJson(fromWire({ inner })));
    }),
  );
});

it.each([
  ['a function', { a: [() => 1] }],
  ['a symbol', [Symbol('x')]],
  ['a Date', { a: new Date() }],
  ['a Map', [new Map()]],
  ['64 levels', Array.from({ length: 65 }).reduce((inner) => [inner], 1)],
])('refuses %s as fromWire does', (_, value) => {
  const thrown = (read: (value: unknown) => unknown) => {
    try {
      return read(value);
    } catch (error) {
      return error;
    }
  };
  expect(thrown(wireText)).toBeInstanceOf(Error);
  expect(thrown(wireText)).toEqual(thrown(fromWire));
});
