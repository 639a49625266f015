import { describe, expect, it } from 'vitest';
import { alignTo, commonX, countNonPositive, extent, whyEmpty } from './align-lines.ts';
import type { ChartLine } from './chart-line.ts';

const line = (x: number[], y: (number | null)[]): ChartLine => ({
  id: 'a',
  label: 'a',
  colour: 'red',
  dash: [],
  x,
  y,
});

describe('lines over a common x', () => {
  it('have every x once, in numeric order', () => {
    expect(Array.from(commonX([line([1, 10, 100], [0, 0, 0]), line([2, 10], [0, 0])]))).toEqual([1, 2, 10, 100]);
  });

  it('tell a gap of a line from a place where it has no point', () => {
    expect(alignTo([1, 2, 3, 4], [1, 3, 4], [5, Number.NaN, null], false)).toEqual([5, undefined, null, null]);
  });

  it('have a gap where a logarithmic scale has no place, and count it', () => {
    expect(alignTo([1, 2, 3], [1, 2, 3], [-1, 0, 2], true)).toEqual([null, null, 2]);
    expect(countNonPositive([line([1, 2, 3, 4], [-1, 0, 2, Number.NaN])])).toBe(2);
  });
});

describe('whyEmpty', () => {
  it('says in which way there is nothing', () => {
    expect(whyEmpty([])).toBe('no lines');
    expect(whyEmpty([line([], [])])).toBe('no points');
    expect(whyEmpty([line([1, 2], [Number.NaN, null])])).toBe('not a number');
    expect(whyEmpty([line([1], [0])])).toBeNull();
  });
});

describe('extent', () => {
  it('leaves out what is no number, and gives a single number room', () => {
    expect(extent([3, null, Number.NaN, -1, undefined, Number.POSITIVE_INFINITY])).toEqual({ from: -1, to: 3 });
    expect(extent([10])).toEqual({ from: 9, to: 11 });
    expect(extent([0])).toEqual({ from: -0.5, to: 0.5 });
    expect(extent([])).toEqual({ from: 0, to: 1 });
  });
});
