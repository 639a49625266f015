import { describe, expect, it } from 'vitest';
// @boundaries-ignore recorded data, shared with the tests of other packages
// biome-ignore lint/style/noRestrictedImports: recorded data, shared with other packages' tests
import expectedText from '../../../../tests/data/digits-mlp/expected.json?raw';
// @boundaries-ignore recorded data, shared with the tests of other packages
// biome-ignore lint/style/noRestrictedImports: recorded data, shared with other packages' tests
import sgdDiverged from '../../../../tests/data/digits-mlp/sgd-diverged.jsonl?raw';
// @boundaries-ignore recorded data, shared with the tests of other packages
// biome-ignore lint/style/noRestrictedImports: recorded data, shared with other packages' tests
import sgdSlow from '../../../../tests/data/digits-mlp/sgd-slow.jsonl?raw';
import { alignBatch, columnOf } from '../history/align-batch.ts';
import { parseRows } from '../history/parse-rows.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';
import { parseJson } from '../json/parse-json.ts';
import { fromWire } from '../json/wire-json.ts';
import { formatKey } from '../key/key-path.ts';
import { foldColumn } from './fold-column.ts';
import { mergeStates } from './merge-states.ts';
import { emptyState, type MetricState } from './metric-state.ts';
import { readStatistic } from './read-statistic.ts';

const expected = fromWire(parseJson(expectedText)) as Record<string, Record<string, JsonObject>>;
const runs = { 'sgd-slow': sgdSlow, 'sgd-diverged': sgdDiverged };

function readRows(text: string): object[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const { _step: step, _timestamp: timestamp, _runtime, ...values } = parseJson(line) as JsonObject;
      return { step, timestamp, values };
    });
}

function foldRows(rows: readonly object[]): Map<string, MetricState> {
  const aligned = alignBatch(parseRows(rows), { nextStep: 0, now: 0 });
  const states = new Map<string, MetricState>();
  for (const key of aligned.columns.keys()) {
    const { column, times } = columnOf(aligned, key);
    states.set(key, foldColumn(column, times));
  }
  return states;
}

/** The states of rows that were sent in batches of `size`. */
function foldInBatches(rows: readonly object[], size: number): Map<string, MetricState> {
  const states = new Map<string, MetricState>();
  for (let start = 0; start < rows.length; start += size) {
    for (const [key, state] of foldRows(rows.slice(start, start + size))) {
      states.set(key, mergeStates(states.get(key) ?? emptyState, state));
    }
  }
  return states;
}

function keyOfPointer(pointer: string): string {
  const unescapeElement = (element: string) => element.replaceAll('~1', '/').replaceAll('~0', '~');
  return formatKey(pointer.slice(1).split('/').map(unescapeElement));
}

/** What numpy computes exactly as we do, in its words. */
function exactPart(state: MetricState): JsonObject {
  const extremes = state.min &&
    state.max && { min: state.min.value, minStep: state.min.step, max: state.max.value, maxStep: state.max.step };
  const [first, last] = [state.first?.value ?? null, state.last?.value ?? null];
  return { count: state.count, finite: state.finiteCount, first, last, ...extremes };
}

const close = (value: JsonValue | undefined, reference: JsonValue | undefined) =>
  value === reference || Math.abs(Number(value) - Number(reference)) <= 1e-12 * Math.abs(Number(reference));

describe.each(Object.entries(runs))('recorded run %s', (name, text) => {
  const rows = readRows(text);
  const reference = new Map(Object.entries(expected[name] ?? {}).map(([at, numbers]) => [keyOfPointer(at), numbers]));

  it.each([
    ['in one batch', rows.length],
    ['in batches of 100 rows', 100],
    ['row by row', 1],
  ])('has the statistics that numpy computes, folded %s', (_, size) => {
    const states = foldInBatches(rows, size);
    expect([...states.keys()].sort()).toEqual([...reference.keys()].sort());
    for (const [key, { mean, variance, ...exact }] of reference) {
      const state = states.get(key) ?? emptyState;
      expect(exactPart(state), key).toEqual(exact);
      expect(close(readStatistic(state, 'mean'), mean), `mean of ${key}`).toBe(true);
      expect(close(readStatistic(state, 'variance'), variance), `variance of ${key}`).toBe(true);
    }
  });
});
