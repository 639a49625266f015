import { expect, it } from 'vitest';
import { chartCsv } from './chart-csv.ts';

const line = (label: string, x: number[], y: (number | null)[], more: object = {}) => ({
  id: label,
  label,
  colour: 'red',
  dash: [],
  x,
  y,
  ...more,
});

it('has a row for each x and all digits, and leaves gaps empty', () => {
  const lines = [line('a', [0, 2], [0.1 + 0.2, Number.NaN]), line('b', [1, 2], [null, -5])];
  expect(chartCsv('step', lines)).toBe('step,a,b\r\n0,0.30000000000000004,\r\n1,,\r\n2,NaN,-5\r\n');
});

it('has the band beside the line', () => {
  expect(chartCsv('step', [line('a', [0], [2], { min: [1], max: [3] })])).toBe('step,a,a min,a max\r\n0,2,1,3\r\n');
});

it('quotes what would break a cell, and lets no name be a formula', () => {
  expect(chartCsv('step', [line('x,"y"', [0], [1]), line('=1+1', [0], [2])])).toBe(
    'step,"x,""y""",\'=1+1\r\n0,1,2\r\n',
  );
});

it('lets no name that begins with a minus be a formula', () => {
  expect(chartCsv('step', [line('-1+1', [0], [-1])])).toBe("step,'-1+1\r\n0,-1\r\n");
});
