import { expect, it } from 'vitest';
import { metricLines } from './metric-lines.ts';

const run = (id: string) => ({ id, name: id, revision: 1, label: id.toUpperCase(), colour: `var(--${id})`, dash: [] });
const points = (...y: number[]) => ({ x: y.map((_, at) => at), y, steps: y.map((_, at) => at) });

it('draws the runs that logged the metric, in the order in which they are listed, the finer points where they are there', () => {
  const lines = metricLines(
    [run('a'), run('b'), run('c'), run('late')],
    new Map([
      ['c', points(3)],
      ['a', points(1)],
      ['b', points()],
    ]),
    new Map([['c', points(3, 4)]]),
  );
  expect(lines).toEqual([
    { id: 'a', label: 'A', colour: 'var(--a)', dash: [], x: [0], y: [1] },
    { id: 'c', label: 'C', colour: 'var(--c)', dash: [], x: [0, 1], y: [3, 4] },
  ]);
});

it('keeps lines without points when no run logged the metric, so that the chart can say so', () => {
  expect(metricLines([run('a')], new Map([['a', points()]]), new Map()).map(({ id }) => id)).toEqual(['a']);
});
