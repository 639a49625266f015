import { parseJson } from '@summa/core/json/parse-json';
import { formatKey, type KeyPath } from '@summa/core/key/key-path';
import { nestValues } from '@summa/core/key/nest-values';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ndjsonRows } from './ndjson-rows.ts';
import { emptyWindow, NUMBER, OTHER, type RowWindow } from './row-window.ts';

const anElement = fc.oneof(
  fc.constantFrom('a', 'b', 'c', 'é"\\', '.', '__proto__', '1', '},{', ''),
  fc.string({ maxLength: 3 }),
);
const aPath = fc
  .array(anElement, { minLength: 1, maxLength: 4 })
  .filter(([first]) => first !== '' && first !== '_step' && first !== '_timestamp');
const aValue = fc.oneof(fc.double(), fc.constantFrom('text "q"', true, 2n ** 70n, 1e22, -0), fc.integer());

/** Paths of which none stands above another. */
const separatePaths = fc
  .uniqueArray(aPath, { minLength: 1, maxLength: 8, selector: formatKey })
  .map((paths) => paths.filter((path) => !paths.some((other) => other !== path && startsWith(path, other))));

function startsWith(path: KeyPath, above: KeyPath): boolean {
  return above.length <= path.length && above.every((element, i) => path[i] === element);
}

/** A window of one row. */
function windowOf(values: readonly (number | bigint | string | boolean | undefined)[]): RowWindow {
  const window = emptyWindow({ steps: Float64Array.of(7), times: Float64Array.of(1.5) }, values.length);
  for (const [i, value] of values.entries()) {
    const column = window.columns[i];
    if (!column || value === undefined) continue;
    column.kinds[0] = typeof value === 'number' ? NUMBER : OTHER;
    if (typeof value === 'number') column.numbers[0] = value;
    else column.others.set(0, value);
  }
  return window;
}

function linesOf(keys: readonly string[], window: RowWindow): string[] {
  return Buffer.concat([...ndjsonRows(keys).encode(window)])
    .toString()
    .split('\n')
    .slice(0, -1);
}

/** What JSON has instead of the numbers that it lacks. */
function shown<Value>(value: Value): Value | string {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

it('writes the object that the keys nest to, whatever they are called and whichever are missing', () => {
  const property = fc.property(
    separatePaths,
    fc.array(fc.option(aValue, { nil: undefined }), { minLength: 8 }),
    (paths, given) => {
      const keys = paths.map(formatKey);
      const values = keys.map((_, i) => given[i]);
      const leaves = keys.flatMap((key, i) => (values[i] === undefined ? [] : [[key, shown(values[i])] as const]));
      const [line, ...more] = linesOf(keys, windowOf(values));
      expect(more).toEqual([]);
      expect(parseJson(line ?? '')).toEqual({ _step: 7, _timestamp: 1.5, ...nestValues(leaves) });
    },
  );
  fc.assert(property, { numRuns: 2000 });
});

it('writes what one object cannot hold in as many lines of the step as it takes', () => {
  const keys = ['a.b', 'x', 'a', 'a.b.c'];
  const line = (text: string) => `{"_step":7,"_timestamp":1.5${text}}`;
  expect(linesOf(keys, windowOf([1, 2, 3, 4]))).toEqual([
    line(',"a":3,"x":2'),
    line(',"a":{"b":1}'),
    line(',"a":{"b":{"c":4}}'),
  ]);
  expect(linesOf(keys, windowOf([1, undefined, undefined, undefined]))).toEqual([line(',"a":{"b":1}')]);
  expect(linesOf(keys, windowOf([undefined, 2, 3, 4]))).toEqual([line(',"a":3,"x":2'), line(',"a":{"b":{"c":4}}')]);
  expect(linesOf(keys, windowOf([undefined, undefined, undefined, undefined]))).toEqual([line('')]);
});

it('leaves out a time that is not known', () => {
  const window = { ...windowOf([1]), times: Float64Array.of(Number.NaN) };
  expect(linesOf(['a'], window)).toEqual(['{"_step":7,"a":1}']);
});
