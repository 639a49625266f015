import { expect, it } from 'vitest';
import { commonX, extent, whyEmpty } from './align-lines.ts';

const line = (x: number[], y: (number | null)[]) => ({ id: 'a', label: 'a', colour: '', dash: [], x, y });

it('gathers every x of all lines once, ascending', () => {
  expect([...commonX([line([0, 2], [1, 1]), line([1, 2, 10], [1, 1, 1])])]).toEqual([0, 1, 2, 10]);
});

it('tells why there is nothing to draw', () => {
  expect(whyEmpty([])).toBe('no lines');
  expect(whyEmpty([line([], [])])).toBe('no points');
  expect(whyEmpty([line([0, 1], [Number.NaN, null])])).toBe('not a number');
  expect(whyEmpty([line([0, 1], [Number.NaN, 3])])).toBeNull();
});

it('widens the range of a single number, and has one for none', () => {
  expect(extent([20])).toEqual({ from: 18, to: 22 });
  expect(extent([0])).toEqual({ from: -0.5, to: 0.5 });
  expect(extent([null, Number.NaN])).toEqual({ from: 0, to: 1 });
});
