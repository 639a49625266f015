import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantiles } from './quantile.ts';

describe('quantiles', () => {
  // Expected numbers: numpy 2.4.6, numpy.quantile(values, ps), all digits.
  it('equals numpy on ten values', () => {
    const values = new Float64Array([3.5, -1.25, 7.125, 0.1, 2.7, 1e-3, 42.0, 5.5, 5.5, -8.0]);
    expect(quantiles(values, [0, 0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1])).toEqual([
      -8.0, -4.9625, 0.025750000000000002, 3.1, 5.5, 10.612499999999986, 26.306249999999963, 38.861250000000005, 42.0,
    ]);
  });

  it('rounds as numpy on either side of the middle between two values', () => {
    expect(quantiles(new Float64Array([0.1, 0.2, 0.3, 0.4]), [0.1, 0.3, 0.5, 0.7, 0.9])).toEqual([
      0.13, 0.19, 0.25, 0.30999999999999994, 0.37000000000000005,
    ]);
    expect(quantiles(new Float64Array([1, 2]), [1 / 3, 2 / 3])).toEqual([1.3333333333333333, 1.6666666666666665]);
  });

  it('equals numpy on a thousand values', () => {
    let state = 1;
    const values = new Float64Array(1000).map(() => {
      state = (state * 48271) % 2147483647;
      return (state / 2147483647) * 200 - 100;
    });
    expect(quantiles(values, [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999])).toEqual([
      -98.12084337329532, -90.4195227895023, -79.41456786329606, -50.21297936337673, 1.8911794302478384,
      48.581568151051904, 80.73286271688197, 90.37596621102465, 96.76725323533977, 99.01739157234196,
    ]);
  });

  it('passes over NaN and infinities, and is NaN when nothing is left', () => {
    expect(quantiles(new Float64Array([NaN, 4, Infinity, 2, -Infinity]), [0, 0.5, 1])).toEqual([2, 3, 4]);
    expect(quantiles(new Float64Array([NaN, Infinity]), [0.5])).toEqual([NaN]);
    expect(quantiles(new Float64Array(), [0, 1])).toEqual([NaN, NaN]);
  });

  it('stays finite between the two ends of float64', () => {
    expect(quantiles(new Float64Array([-Number.MAX_VALUE, Number.MAX_VALUE]), [0.5])).toEqual([0]);
  });

  it('refuses a fraction outside 0 to 1', () => {
    for (const p of [-0.01, 1.01, 50, NaN]) expect(() => quantiles(new Float64Array([1]), [p])).toThrow(RangeError);
  });

  it('does not depend on order, leaves the values alone, and rises with p', () => {
    const value = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 });
    const rising = fc.property(
      fc.array(value, { minLength: 1 }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true })),
      (list, ps) => {
        const values = new Float64Array(list);
        const ascending = ps.toSorted((a, b) => a - b);
        const found = quantiles(values, ascending);
        expect(quantiles(values.toReversed(), ascending)).toEqual(found);
        expect([...values]).toEqual(list);
        const tolerance = 1e-6;
        expect(found.every((q, i) => i === 0 || q >= (found[i - 1] ?? q) - tolerance)).toBe(true);
      },
    );
    fc.assert(rising, { numRuns: 500 });
  });
});
