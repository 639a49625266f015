import { parseRows } from '@summa/core/history/parse-rows';
import { foldColumn } from '@summa/core/metric/fold-column';
import type { MetricState } from '@summa/core/metric/metric-state';
import { readStatistic, varianceOf } from '@summa/core/metric/read-statistic';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunningServices } from '../create-services.ts';
import type { RunRef } from '../services.ts';
import { loadSummaries } from '../summary/load-summaries.ts';
import { openTestServices, type TestServices } from '../testing/test-services.ts';
import { compactRun } from './compact-run.ts';
import { readColumns } from './read-history.ts';
import { readSeries } from './read-series.ts';
import { rewindHistory } from './rewind-history.ts';

let test: TestServices;
beforeAll(async () => {
  test = await openTestServices();
});
afterAll(() => test.close());

/** One thing that happens to a run. */
type Event =
  | {
      readonly kind: 'rows';
      readonly writer: number;
      readonly rows: readonly { step: number; values: Record<string, number> }[];
    }
  | { readonly kind: 'repeat' }
  | { readonly kind: 'compact' }
  | { readonly kind: 'rewind'; readonly step: number }
  | { readonly kind: 'restart' };

const KEYS = ['a', 'b/c', '_d'];
const aValue = fc.oneof(
  fc.integer({ min: -5, max: 5 }),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  fc.constant(Number.NaN),
  fc.constant(Infinity),
);
const aRow = fc.record({
  step: fc.integer({ min: 0, max: 60 }),
  values: fc.dictionary(fc.constantFrom(...KEYS), aValue, { minKeys: 1 }),
});
const anEvent: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('rows' as const),
      writer: fc.integer({ min: 0, max: 2 }),
      rows: fc.array(aRow, { minLength: 1, maxLength: 12 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('repeat' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('compact' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('rewind' as const), step: fc.integer({ min: 0, max: 60 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
);

/** The values of each key by step: what any storage has to agree with. */
class Model {
  readonly values = new Map<string, Map<number, number>>();
  readonly steps = new Set<number>();

  add(rows: readonly { step: number; values: Record<string, number> }[]): void {
    for (const { step, values } of rows) {
      this.steps.add(step);
      for (const [key, value] of Object.entries(values)) {
        const ofKey = this.values.get(key) ?? new Map<number, number>();
        this.values.set(key, ofKey.set(step, value));
      }
    }
  }

  rewind(last: number): void {
    for (const steps of [this.steps, ...this.values.values()]) {
      for (const step of [...steps.keys()]) if (step > last) steps.delete(step);
    }
  }

  column(key: string) {
    const points = [...(this.values.get(key) ?? [])].sort(([a], [b]) => a - b);
    return {
      steps: Float64Array.from(points, ([step]) => step),
      numbers: Float64Array.from(points, ([, value]) => value),
      others: null,
    };
  }
}

async function play(
  run: RunRef,
  events: readonly Event[],
): Promise<{ model: Model; services: RunningServices; close: () => Promise<void> }> {
  const model = new Model();
  const offsets = [0, 0, 0];
  const restarted: RunningServices[] = [];
  let services = test.services;
  let last: (() => Promise<unknown>) | undefined;
  for (const event of events) {
    if (event.kind === 'compact') await compactRun(services, run);
    if (event.kind === 'restart') {
      services = await test.openAnother();
      restarted.push(services);
    }
    if (event.kind === 'rewind') {
      await rewindHistory(services, run, { step: event.step });
      model.rewind(event.step);
    }
    if (event.kind === 'repeat') await last?.();
    if (event.kind !== 'rows') continue;
    const offset = offsets[event.writer] ?? 0;
    const sent = { writer: `w${event.writer}`, offset, batch: parseRows(event.rows) };
    last = () => services.histories.append(run, sent);
    await last();
    offsets[event.writer] = offset + event.rows.length;
    model.add(event.rows);
  }
  // Each has connections of its own, and a Postgres has only so many.
  const close = async () => {
    for (const each of restarted) await each.stop().then(() => each.database.close());
  };
  return { model, services, close };
}

it('agrees with a plain map of steps, whatever arrives late, twice, is taken back, before or after merging and restarts', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anEvent, { minLength: 1, maxLength: 14 }), async (events) => {
      const run = await test.startRun();
      const { model, services, close } = await play(run, events);
      const columns = await readColumns(services, run, KEYS);
      const summary = (await loadSummaries(services, [run])).get(run.runId);
      expect(summary?.rowCount).toBe(model.steps.size);
      expect(summary?.lastStep ?? -1).toBe(Math.max(-1, ...model.steps));
      for (const key of KEYS) {
        const expected = model.column(key);
        expect([...(columns.get(key)?.column.steps ?? [])]).toEqual([...expected.steps]);
        expect([...(columns.get(key)?.column.numbers ?? [])]).toEqual([...expected.numbers]);
        expectState(summary?.states.get(key), expected);
      }
      await expectSeries(services, run, model);
      await close();
    }),
    { numRuns: 150 },
  );
});

function expectState(state: MetricState | undefined, column: ReturnType<Model['column']>): void {
  if (column.steps.length === 0) {
    expect(state).toBeUndefined();
    return;
  }
  if (state === undefined) throw new Error('a logged metric has no state');
  const expected = foldColumn(column, new Float64Array(column.steps.length));
  const { count, finiteCount, nanCount, posInfCount } = expected;
  expect(state).toMatchObject({ count, finiteCount, nanCount, posInfCount });
  const place = (extreme: { value: unknown; step: number } | null) =>
    extreme && { value: extreme.value, step: extreme.step };
  for (const name of ['min', 'max', 'first', 'last'] as const)
    expect(place(state[name])).toEqual(place(expected[name]));
  const scale = Math.max(1, ...[...column.numbers].filter(Number.isFinite).map(Math.abs));
  const mean = (of: MetricState) => Number(readStatistic(of, 'mean') ?? 0);
  expect(Math.abs(mean(state) - mean(expected))).toBeLessThanOrEqual(1e-12 * scale);
  expect(Math.abs((varianceOf(state) ?? 0) - (varianceOf(expected) ?? 0))).toBeLessThanOrEqual(1e-12 * scale * scale);
}

async function expectSeries(services: RunningServices, run: RunRef, model: Model): Promise<void> {
  const before = await readSeries(services, run, { keys: KEYS, range: { from: 5, to: 50 }, buckets: 4 });
  await compactRun(services, run);
  const after = await readSeries(services, run, { keys: KEYS, range: { from: 5, to: 50 }, buckets: 4 });
  for (const [i, key] of KEYS.entries()) {
    const { mean: meanBefore, ...exactBefore } = before[i]?.series ?? {};
    const { mean: meanAfter, ...exactAfter } = after[i]?.series ?? {};
    expect(exactAfter).toEqual(exactBefore);
    expect(meanAfter?.length).toBe(meanBefore?.length);
    const inRange = [...model.column(key).steps].filter((step) => step >= 5 && step <= 50);
    expect((before[i]?.series.count ?? new Float64Array(0)).reduce((sum, count) => sum + count, 0)).toBe(
      inRange.length,
    );
  }
}
