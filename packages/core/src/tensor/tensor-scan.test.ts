import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interpolate, quantilePlace } from '../history/quantile.ts';
import { itemSize } from './dtype.ts';
import { tensorStatistics } from './scan-bytes.ts';
import { TensorScan } from './tensor-scan.ts';
import { SUMMARY_PERCENTILES, type TensorStatistics } from './tensor-statistics.ts';
import { type ArbitraryTensor, allValues, arbitraryTensor, sortedFinite } from './testing/arbitrary-tensor.ts';

function bytesOf(array: Float64Array | BigInt64Array | BigUint64Array | Uint16Array | Int8Array | Float32Array) {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

function ofFloats(values: readonly number[]): TensorStatistics {
  return tensorStatistics({ dtype: 'float64', bytes: bytesOf(Float64Array.from(values)) });
}

function percentileValues(statistics: TensorStatistics): number[] {
  return statistics.percentiles.map(({ value }) => value);
}

/** Scans in pieces whose lengths repeat `cuts`, and never sorts. */
function scanInPieces({ bytes, ...layout }: ArbitraryTensor, cuts: readonly number[]): [TensorStatistics, number] {
  const count = bytes.length / itemSize(layout.dtype);
  const scan = new TensorScan({ ...layout, count, sortUpTo: -1 });
  let passes = 0;
  for (let pass = scan.nextPass(); pass !== null; pass = scan.nextPass()) {
    let at = 0;
    for (let i = 0; at < bytes.length; i++) {
      const end = at + (cuts[i % cuts.length] ?? bytes.length);
      pass.push(bytes.subarray(at, end));
      at = end;
    }
    pass.end();
    passes += 1;
  }
  return [scan.statistics(), passes];
}

describe('the statistics of a tensor', () => {
  // Expected numbers: numpy 2.4.6; mean and var of a.astype(np.longdouble), np.percentile(a, [1, 5, 10, 25, 50, 75, 90,
  // 95, 99]), all digits; histograms np.histogram(a, 64).
  it('equal numpy on np.arange(40.)', () => {
    const found = ofFloats(Array.from({ length: 40 }, (_, i) => i));
    expect(found).toMatchObject({ size: 40, nan: 0, zeros: 1, min: 0, max: 39, mean: 19.5, variance: 133.25 });
    expect(percentileValues(found)).toEqual([
      0.39, 1.9500000000000002, 3.9000000000000004, 9.75, 19.5, 29.25, 35.1, 37.05, 38.61,
    ]);
  });

  it('equal numpy on small noise around 1e8', () => {
    // a = 1e8 + (np.arange(1000) * 7919 % 1000) / 1024.
    const found = ofFloats(Array.from({ length: 1000 }, (_, i) => 1e8 + ((i * 7919) % 1000) / 1024));
    expect(found.mean).toBe(100000000.48779297);
    expect(found.variance).toBeCloseTo(0.07947278022766113, 15);
    expect(percentileValues(found)).toEqual([
      100000000.00975586, 100000000.0487793, 100000000.09755859, 100000000.24389648, 100000000.48779297,
      100000000.73168945, 100000000.87802735, 100000000.92680664, 100000000.96583007,
    ]);
  });

  it('equal numpy on int64 beyond 2^53', () => {
    // np.array([2**62 + i*i for i in range(11)], np.int64)
    const values = BigInt64Array.from({ length: 11 }, (_, i) => 2n ** 62n + BigInt(i * i));
    const found = tensorStatistics({ dtype: 'int64', bytes: bytesOf(values) });
    expect(found).toMatchObject({ min: 4611686018427387904n, max: 4611686018427388004n, variance: 1078 });
    expect(found.mean).toBe(4.611686018427388e18);
  });

  it('equal numpy on uint64 from one end to the other', () => {
    const values = BigUint64Array.from([0n, 1n, 2n ** 63n, 2n ** 64n - 1n]);
    const found = tensorStatistics({ dtype: 'uint64', bytes: bytesOf(values) });
    expect(found).toMatchObject({ min: 0, max: 18446744073709551615n, mean: 6.917529027641082e18 });
    expect((found.variance ?? 0) / 5.84860318145363e37).toBeCloseTo(1, 13);
    expect(percentileValues(found)).toEqual([
      0.03, 0.15000000000000002, 0.30000000000000004, 0.75, 4.611686018427388e18, 1.152921504606847e19,
      1.567973246265312e19, 1.7063238268181332e19, 1.8170042912603906e19,
    ]);
  });

  it('equal numpy on float16 made float64', () => {
    // np.array([0.1, -2.5, 65504, 6e-8, 1e-3], np.float16).astype(float)
    const found = tensorStatistics({ dtype: 'float16', bytes: bytesOf(Uint16Array.of(11878, 49408, 31743, 1, 5145)) });
    expect(found).toMatchObject({ min: -2.5, max: 65504, mean: 13100.32019520998 });
    expect((found.variance ?? 0) / 686536415.2349727).toBeCloseTo(1, 14);
    expect(percentileValues(found)).toEqual([
      -2.399999997615814,
      -1.9999999880790709,
      -1.499999976158142,
      2 ** -24,
      0.0010004043579101562,
      0.0999755859375,
      39302.43999023438,
      52403.21999511718,
      62883.84399902343,
    ]);
  });

  it('equal numpy on int8 made float64, from one end to the other', () => {
    const found = tensorStatistics({ dtype: 'int8', bytes: bytesOf(Int8Array.of(1, 2, 4, 8, 16, 32, 64, -128, 127)) });
    expect(found).toMatchObject({ min: -128, max: 127, mean: 14, variance: 4023.3333333333335 });
    expect(percentileValues(found)).toEqual([
      -117.68, -76.4, -24.799999999999994, 2, 8, 32, 76.60000000000001, 101.79999999999998, 121.96,
    ]);
  });

  it('count NaN and infinities, and leave them out of everything else', () => {
    const found = ofFloats([Number.NaN, 4, Infinity, 2, -Infinity, Number.NaN, -0]);
    expect(found).toMatchObject({ size: 7, nan: 2, posInf: 1, negInf: 1, zeros: 1, min: 0, max: 4, mean: 2 });
    expect(found.variance).toBeCloseTo(8 / 3, 15);
    expect(found.percentiles[4]).toEqual({ percent: 50, value: 2 });
    expect(found.histogram?.counts.reduce((sum, count) => sum + count)).toBe(3);
  });

  it.each([
    ['no value', []],
    ['NaN and infinities only', [Number.NaN, Infinity, -Infinity]],
  ])('do not exist for %s', (_what, values) => {
    const nothing = { min: null, max: null, mean: null, variance: null, percentiles: [], histogram: null };
    expect(ofFloats(values)).toMatchObject({ size: values.length, ...nothing });
  });

  it('stay right at the ends of float64', () => {
    const most = Number.MAX_VALUE;
    const wide = ofFloats([most, -most]);
    expect(wide).toMatchObject({ min: -most, max: most, mean: 0, variance: Infinity });
    expect(wide.percentiles[4]).toEqual({ percent: 50, value: 0 });
    expect(wide.histogram?.edges.every(Number.isFinite)).toBe(true);
    expect([wide.histogram?.counts[0], wide.histogram?.counts[63]]).toEqual([1, 1]);
    expect(ofFloats([most, most, most])).toMatchObject({ mean: most, variance: 0 });
    // The variance of ±a is a², by hand.
    expect(ofFloats([2 ** 511, -(2 ** 511)]).variance).toBe(2 ** 1022);
    expect(ofFloats([2 ** -530, -(2 ** -530)]).variance).toBe(2 ** -1060);
  });

  it('find the mean that is left when large values cancel', () => {
    expect(ofFloats([1e300, 1, -1e300, 3]).mean).toBe(1);
    expect(ofFloats([2 ** 53, 1, -(2 ** 53), 1e-9]).mean).toBe((1 + 1e-9) / 4);
  });
});

describe('the variance of a tensor', () => {
  it('is that of exact arithmetic, to 1e-13, for whole numbers anywhere in int64', () => {
    const value = fc.oneof(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.bigInt({ min: -9n, max: 9n }));
    const centre = fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n });
    const values = fc.oneof(
      fc.array(value, { minLength: 2, maxLength: 100 }),
      // Close together and far from 0, where a rounded mean would spoil it.
      fc
        .tuple(centre, fc.array(fc.bigInt({ min: -9n, max: 9n }), { minLength: 2, maxLength: 100 }))
        .map(([at, list]) => list.map((one) => at + one)),
    );
    const exact = fc.property(values, (list) => {
      const count = BigInt(list.length);
      const sum = list.reduce((total, one) => total + one, 0n);
      const squares = list.reduce((total, one) => total + one * one, 0n);
      const expected = Number(((squares * count - sum * sum) * 10n ** 40n) / (count * count)) / 1e40;
      const found = tensorStatistics({ dtype: 'int64', bytes: bytesOf(BigInt64Array.from(list)) });
      expect(Math.abs((found.variance ?? Number.NaN) - expected)).toBeLessThanOrEqual(expected * 1e-13);
    });
    fc.assert(exact, { numRuns: 500 });
  });
});

describe('the histogram of a tensor', () => {
  it('equals numpy, also for values on an edge', () => {
    // x = np.array([(i * i) % 97 for i in range(500)], float) / 7; np.histogram(x, 64)
    const found = ofFloats(Array.from({ length: 500 }, (_, i) => ((i * i) % 97) / 7)).histogram;
    expect(found?.counts).toEqual([
      17, 11, 22, 0, 10, 10, 11, 10, 10, 0, 11, 0, 10, 0, 10, 0, 22, 0, 10, 0, 10, 10, 10, 10, 11, 0, 0, 0, 10, 10, 0,
      11, 21, 10, 0, 10, 10, 0, 0, 0, 10, 10, 11, 10, 10, 0, 10, 0, 21, 0, 10, 0, 10, 0, 11, 0, 10, 10, 10, 10, 10, 0,
      20, 20,
    ]);
    expect([1, 13, 63, 64].map((i) => found?.edges[i])).toEqual([
      0.21428571428571427, 2.7857142857142856, 13.5, 13.714285714285714,
    ]);
  });

  it('reaches half a unit to either side of equal values', () => {
    // np.histogram(np.array([3.5]), 64): one value in bin 32, edges 3.0, 3.015625 ... 4.0
    const found = ofFloats([3.5, 3.5]).histogram;
    expect([found?.edges[0], found?.edges[1], found?.edges[64]]).toEqual([3, 3.015625, 4]);
    expect(found?.counts.indexOf(2)).toBe(32);
  });

  it('has edges that differ for equal values of any size', () => {
    for (const value of [1e300, -Number.MAX_VALUE, 2 ** 60, 5e-324]) {
      const edges = ofFloats([value]).histogram?.edges ?? [];
      expect(new Set(edges).size).toBe(65);
      expect(edges.every(Number.isFinite)).toBe(true);
    }
  });

  it('holds every finite value once, in a bin whose edges enclose it', () => {
    const enclosed = fc.property(arbitraryTensor(), (tensor) => {
      const { histogram } = tensorStatistics(tensor);
      const values = sortedFinite(tensor).map(Number);
      const counts = histogram?.counts ?? [];
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(values.length);
      let at = 0;
      for (const [bin, count] of counts.entries()) {
        const [low = 0, high = 0] = histogram?.edges.slice(bin, bin + 2) ?? [];
        for (const value of values.slice(at, at + count)) expect(value >= low && value <= high).toBe(true);
        at += count;
      }
    });
    fc.assert(enclosed, { numRuns: 300 });
  });
});

describe('TensorScan', () => {
  it('finds the same as sorting does, however the bytes are cut', () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 23 }), { minLength: 1, maxLength: 5 });
    const same = fc.property(arbitraryTensor(), cuts, (tensor, lengths) => {
      const sorted = sortedFinite(tensor);
      const [found] = scanInPieces(tensor, lengths);
      expect(found).toEqual(tensorStatistics(tensor));
      expect([found.min, found.max]).toEqual([sorted[0] ?? null, sorted.at(-1) ?? null]);
      expect(percentileValues(found)).toEqual(
        sorted.length === 0 ? [] : SUMMARY_PERCENTILES.map((percent) => bySorting(sorted, percent)),
      );
      const values = allValues(tensor);
      expect(found.nan).toBe(values.filter(Number.isNaN).length);
      expect(found.posInf).toBe(values.filter((value) => value === Infinity).length);
      expect(found.negInf).toBe(values.filter((value) => value === -Infinity).length);
      expect(found.zeros).toBe(values.filter((value) => value === 0).length);
    });
    fc.assert(same, { numRuns: 200 });
  }, 60_000);

  it('is two passes for values of up to 32 bits, and four for 64', () => {
    const passesOf = (dtype: 'int8' | 'float16' | 'float32' | 'float64' | 'uint64') => {
      const bytes = new Uint8Array(64);
      return scanInPieces({ dtype, littleEndian: true, bytes }, [7])[1];
    };
    expect((['int8', 'float16', 'float32', 'float64', 'uint64'] as const).map(passesOf)).toEqual([2, 2, 2, 4, 4]);
  });

  it('is two passes for a small tensor, and one when no value is finite', () => {
    const countPasses = (values: Float64Array) => {
      const scan = new TensorScan({ dtype: 'float64', littleEndian: true, count: values.length });
      let passes = 0;
      for (let pass = scan.nextPass(); pass !== null; pass = scan.nextPass(), passes++) {
        pass.push(bytesOf(values));
        pass.end();
      }
      return passes;
    };
    expect(countPasses(Float64Array.of(1, 2, 3))).toBe(2);
    expect(countPasses(Float64Array.of(Number.NaN))).toBe(1);
    expect(countPasses(Float64Array.of())).toBe(1);
  });

  it('refuses more bytes or fewer than it was told', () => {
    const scan = () => new TensorScan({ dtype: 'float32', littleEndian: true, count: 2 });
    expect(() => scan().nextPass()?.push(new Uint8Array(9))).toThrow(/more than 8 bytes of values instead of 8/);
    const pass = scan().nextPass();
    pass?.push(new Uint8Array(7));
    expect(() => pass?.end()).toThrow(/has 7 bytes of values instead of 8/);
    expect(() => tensorStatistics({ dtype: 'float64', bytes: new Uint8Array(12) })).toThrow(/instead of 8/);
  });

  it('notices that the finite values are others in the second pass', () => {
    const scan = new TensorScan({ dtype: 'float64', littleEndian: true, count: 2 });
    const first = scan.nextPass();
    first?.push(bytesOf(Float64Array.of(1, 2)));
    first?.end();
    const second = scan.nextPass();
    second?.push(bytesOf(Float64Array.of(1, Number.NaN)));
    expect(() => second?.end()).toThrow(/changed while it was read/);
  });

  it('refuses percentiles outside 0 to 100, and more than 32', () => {
    const scan = (percentiles: number[]) =>
      new TensorScan({ dtype: 'int8', littleEndian: true, count: 1, percentiles });
    for (const percent of [-1, 100.5, Number.NaN]) expect(() => scan([percent])).toThrow(RangeError);
    expect(() => scan(Array.from({ length: 33 }, (_, i) => i))).toThrow(RangeError);
    expect(() => scan(Array.from({ length: 32 }, (_, i) => i))).not.toThrow();
  });

  it('does not take a pass before the last one ended, nor give statistics too early', () => {
    const scan = new TensorScan({ dtype: 'int8', littleEndian: true, count: 1 });
    scan.nextPass();
    expect(() => scan.nextPass()).toThrow(/has not ended/);
    expect(() => scan.statistics()).toThrow(/not over/);
  });
});

/** numpy's rule on sorted values, whole numbers subtracted exactly. */
function bySorting(sorted: readonly (number | bigint)[], percent: number): number {
  const { below, fraction } = quantilePlace(sorted.length, percent / 100);
  const a = sorted[below] ?? 0;
  const b = sorted[below + 1] ?? a;
  const isWhole = Number.isInteger(Number(a)) && Number.isInteger(Number(b));
  const difference = isWhole ? Number(BigInt(b) - BigInt(a)) : Number(b) - Number(a);
  return interpolate({ a: Number(a), b: Number(b), difference }, fraction) + 0;
}
