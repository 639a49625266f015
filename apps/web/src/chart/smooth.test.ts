import { describe, expect, it } from 'vitest';
import { smooth } from './smooth.ts';

describe('smooth', () => {
  it('keeps the first value, and averages what follows with weights that fall by the factor', () => {
    // By hand, weight 0.5: 1; (0.5·1 + 2)/(0.5 + 1) = 5/3; (0.25·1 + 0.5·2 + 4)/(0.25 + 0.5 + 1) = 3.
    const [first, second, third] = smooth([1, 2, 4], 0.5);
    expect(first).toBeCloseTo(1, 12);
    expect(second).toBeCloseTo(5 / 3, 12);
    expect(third).toBeCloseTo(3, 12);
  });

  it('leaves a constant as it is, whatever the weight', () => {
    for (const weight of [0, 0.3, 0.9, 0.999]) {
      for (const value of smooth(new Array(50).fill(7), weight)) expect(value).toBeCloseTo(7, 9);
    }
  });

  it('changes nothing with weight 0', () => {
    expect(smooth([3, -1, 4], 0)).toEqual([3, -1, 4]);
  });

  it('keeps gaps, and goes on after them from what was before', () => {
    const [a, gap, nan, b] = smooth([1, null, Number.NaN, 2], 0.5);
    expect([gap, nan]).toEqual([null, null]);
    expect([a, b].map((each) => each?.toFixed(6))).toEqual(['1.000000', '1.666667']);
  });
});
