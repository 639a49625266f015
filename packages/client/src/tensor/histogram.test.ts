import { describe, expect, it } from 'vitest';
import { histogram } from './histogram.ts';

describe('histogram', () => {
  it('counts in 64 bins of equal width, the last with both of its edges, without NaN and infinities', () => {
    const { _type, values, bins } = histogram([0, 1, 1.5, 63, 64, Number.NaN, Number.POSITIVE_INFINITY]);
    const counts = new Array(64).fill(0);
    Object.assign(counts, { 0: 1, 1: 2, 63: 2 });
    expect([_type, values]).toEqual(['histogram', counts]);
    expect(bins).toEqual(Array.from({ length: 65 }, (_, i) => i));
  });

  it('is all zeros from 0 to 1 when there is nothing to count', () => {
    const { values, bins } = histogram([Number.NaN]);
    expect(values).toEqual(new Array(64).fill(0));
    expect((bins as number[]).at(-1)).toBe(1);
  });
});
