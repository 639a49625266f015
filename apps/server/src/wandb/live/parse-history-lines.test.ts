import { describe, expect, it } from 'vitest';
import { parseHistoryLines } from './parse-history-lines.ts';

/** The rows of a batch as objects, for comparison. */
function rowsOf(lines: readonly string[]) {
  const { batch, problems } = parseHistoryLines(lines);
  const rows = Array.from({ length: batch.rowCount }, (_, row) => ({
    step: batch.steps[row],
    time: batch.times[row],
    values: Object.fromEntries(
      [...batch.columns].flatMap(([key, { rows: places, numbers, others }]) => {
        const i = places.indexOf(row);
        return i === -1 ? [] : [[key, others?.get(i) ?? numbers[i]]];
      }),
    ),
  }));
  return { rows, problems };
}

describe('parseHistoryLines', () => {
  it.each([
    [
      '_step and _timestamp become step and time, _runtime stays a metric',
      '{"loss":0.5,"_step":3,"_timestamp":1.7954470917169847e+09,"_runtime":1.25}',
      { step: 3, time: 1795447091.7169847, values: { loss: 0.5, _runtime: 1.25 } },
    ],
    [
      'bare NaN and infinities are numbers',
      '{"a":NaN,"b":Infinity,"c":-Infinity,"_step":0}',
      { step: 0, values: { a: Number.NaN, b: Number.POSITIVE_INFINITY, c: Number.NEGATIVE_INFINITY } },
    ],
    [
      'a whole number beyond 2^53 keeps every digit',
      '{"big":1152921504606846977,"_step":0}',
      { step: 0, values: { big: 1152921504606846977n } },
    ],
    [
      'a nested dict is taken apart, and a dot in a key is no nesting',
      '{"n":{"a":1,"b.c":2},"n.a":3,"_step":0}',
      { step: 0, values: { 'n.a': 1, 'n.b\\.c': 2, 'n\\.a': 3 } },
    ],
    ['null is no observation', '{"a":null,"b":1,"_step":0}', { step: 0, values: { b: 1 } }],
    [
      'media is one value',
      '{"h":{"_type":"histogram","bins":[0,1],"values":[2]},"_step":0}',
      { step: 0, values: { h: { _type: 'histogram', bins: [0, 1], values: [2] } } },
    ],
    [
      'a row of shared mode has no step of its own',
      '{"a":1,"_timestamp":5}',
      { step: Number.NaN, time: 5, values: { a: 1 } },
    ],
    ['a step that is none is left out', '{"a":1,"_step":-1}', { step: Number.NaN, values: { a: 1 } }],
    ['a fraction is no step', '{"a":1,"_step":1.5}', { step: Number.NaN, values: { a: 1 } }],
    [
      'a time that is none is left out',
      '{"a":1,"_step":2,"_timestamp":"soon"}',
      { step: 2, time: Number.NaN, values: { a: 1 } },
    ],
  ])('%s', (_title, line, row) => {
    expect(rowsOf([line])).toEqual({ rows: [{ time: Number.NaN, ...row }], problems: [] });
  });

  it('keeps a text that reads like a number a text', () => {
    expect(rowsOf(['{"a":"NaN","b":["Infinity"],"_step":0}']).rows).toMatchObject([
      { values: { a: 'NaN', b: ['Infinity'] } },
    ]);
  });

  it('leaves out the steps of a run that several processes write', () => {
    const { batch } = parseHistoryLines(['{"a":1,"_step":3}'], { shared: true });
    expect([...batch.steps]).toEqual([Number.NaN]);
  });

  it('keeps the place of a line that is no object, at the step of the line before it', () => {
    const { rows, problems } = rowsOf(['{"a":1,"_step":4}', '{"a":', '{"a":2,"_step":5}']);
    expect(rows).toMatchObject([{ step: 4 }, { step: 4, values: {} }, { step: 5 }]);
    expect(problems).toEqual(['history line 1 is not a JSON object']);
  });

  it('gives a first line that is no object the step of the next one', () => {
    expect(rowsOf(['', '{"a":2,"_step":5}']).rows).toMatchObject([{ step: 5, values: {} }, { step: 5 }]);
  });

  it('leaves out the one value that our log would refuse, and names it', () => {
    const long = `"${'x'.repeat(1024 * 1024)}"`;
    const { rows, problems } = rowsOf(['{"a":1,"_step":0}', `{"a":2,"b":${long},"_step":1}`]);
    expect(rows).toMatchObject([
      { step: 0, values: { a: 1 } },
      { step: 1, values: { a: 2 } },
    ]);
    expect(problems).toEqual([expect.stringContaining('history line 1: the value of "b" takes more than')]);
  });
});
