import { expect, it } from 'vitest';
import { chosenKeys } from './chosen-keys.ts';
import { metricLines } from './metric-lines.ts';

const series = (key: string, count: number) => ({
  key,
  x: null,
  exact: false,
  count,
  steps: [0, 10],
  min: [0, 1],
  max: [2, 'Infinity' as const],
  mean: [1, null],
});
const look = (id: string) => ({ id, label: id.toUpperCase(), colour: `var(--${id})`, dash: [] });

it('has a line for each run that logged the metric, with its band and its gaps', () => {
  const read = [
    { id: 'a', history: { series: [series('loss', 2), series('acc', 0)] } },
    { id: 'unknown', history: { series: [series('loss', 2), series('acc', 2)] } },
  ];
  const lines = metricLines(['loss', 'acc'], read, [look('a')]);
  expect(lines.get('acc')).toEqual([]);
  expect(lines.get('loss')).toEqual([
    { ...look('a'), x: [0, 10], y: [1, null], min: [0, 1], max: [2, Number.POSITIVE_INFINITY] },
  ]);
});

it('chooses keys of numbers by a part of their text', () => {
  const keys = [
    { key: 'train/loss', kind: 'NUMBER' as const },
    { key: 'val/Loss', kind: 'NUMBER' as const },
    { key: 'loss-name', kind: 'TEXT' as const },
  ];
  expect(chosenKeys(keys, 'LOSS')).toEqual(['train/loss', 'val/Loss']);
});
