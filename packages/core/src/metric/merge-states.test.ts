import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../json/json-value.ts';
import { foldColumn, sampleState } from './fold-column.ts';
import { mergeStates } from './merge-states.ts';
import { emptyState, type MetricState, numericValue } from './metric-state.ts';
import { readStatistic } from './read-statistic.ts';

const anyNumber = fc.oneof(
  fc.double(),
  fc.double({ min: -1e3, max: 1e3, noNaN: true }),
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(1.7e308, -1.7e308, Number.MAX_VALUE, 1e154, 1e200, 5e-324, -0),
);
const anyValue: fc.Arbitrary<JsonValue> = fc.oneof(
  { weight: 8, arbitrary: anyNumber },
  fc.constantFrom<JsonValue>(true, false, 'text', [1, 2], 2n ** 60n, -(10n ** 400n), { _type: 'x' }),
);
const values = fc.array(anyValue, { maxLength: 40 });

function column(all: readonly JsonValue[], firstStep = 0) {
  const others = new Map<number, JsonValue>();
  const numbers = Float64Array.from(all, (value, i) => {
    if (typeof value === 'number') return value;
    others.set(i, value);
    return Number.NaN;
  });
  return { steps: Float64Array.from(all, (_, i) => firstStep + i), numbers, others: others.size > 0 ? others : null };
}

function fold(all: readonly JsonValue[], firstStep = 0): MetricState {
  const folded = column(all, firstStep);
  return foldColumn(folded, folded.steps.map(timeOf));
}

const timeOf = (step: number) => 1000 + step / 2;
const samples = (all: readonly JsonValue[]) => all.map((value, step) => sampleState(value, step, timeOf(step)));
const mergeAll = (states: readonly MetricState[]) => states.reduce(mergeStates, emptyState);

/** The parts of a state that must be exactly the same however the history is cut. */
function exactPart({ count, finiteCount, nanCount, posInfCount, negInfCount, min, max, first, last }: MetricState) {
  return { count, finiteCount, nanCount, posInfCount, negInfCount, min, max, first, last };
}

/** Compares two states of the same values by the tolerance that `mergeStates` promises. */
function expectSame(a: MetricState, b: MetricState, all: readonly JsonValue[]): void {
  expect(exactPart(a)).toEqual(exactPart(b));
  const finite = all.map(numericValue).filter((number) => Number.isFinite(number));
  const meanSize = finite.reduce<number>((sum, number) => sum + Math.abs(number ?? 0) / finite.length, 0);
  expectClose(a.mean, b.mean, 1e-15 * meanSize);
  const variances = [a, b].map((state) => Number(readStatistic(state, 'variance')));
  expectClose(variances[0], variances[1], 1e-12 * Math.abs(variances[0] ?? 0));
}

function expectClose(a = Number.NaN, b = Number.NaN, tolerance = 0): void {
  if (!Object.is(a, b) && !(Math.abs(a - b) <= tolerance + Number.MIN_VALUE)) expect(a).toBe(b);
}

describe('merging states', () => {
  it('gives the state of the whole history, wherever it is cut', () => {
    fc.assert(
      fc.property(values, fc.nat(40), (all, at) => {
        const cut = Math.min(at, all.length);
        expectSame(mergeStates(fold(all.slice(0, cut)), fold(all.slice(cut), cut)), fold(all), all);
      }),
      { numRuns: 500 },
    );
  });

  it('gives the same for values one by one, in any order', () => {
    const shuffled = values.chain((all) =>
      fc.shuffledSubarray(samples(all), { minLength: all.length }).map((states) => ({ all, states })),
    );
    fc.assert(
      fc.property(shuffled, ({ all, states }) => expectSame(mergeAll(states), fold(all), all)),
      { numRuns: 500 },
    );
  });

  it('is associative and commutative for parts that share no step', () => {
    fc.assert(
      fc.property(values, values, values, (a, b, c) => {
        const all = [...a, ...b, ...c];
        const [x, y, z] = [fold(a), fold(b, a.length), fold(c, a.length + b.length)];
        expectSame(mergeStates(mergeStates(x, y), z), mergeStates(x, mergeStates(y, z)), all);
        expectSame(mergeStates(y, x), mergeStates(x, y), [...a, ...b]);
      }),
    );
  });

  it('changes nothing with the empty state', () => {
    fc.assert(
      fc.property(values, (all) => {
        const state = fold(all);
        expect(mergeStates(state, emptyState)).toEqual(state);
        expect(mergeStates(emptyState, state)).toEqual(state);
      }),
    );
  });

  it('never has a NaN mean or variance while there is a finite value', () => {
    fc.assert(
      fc.property(values, (all) => {
        const state = mergeAll(samples(all));
        if (state.finiteCount === 0) return;
        expect(Number.isFinite(state.mean)).toBe(true);
        expect(state.m2).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 500 },
    );
  });

  it('takes the later arrival for first and last at one step', () => {
    const state = mergeStates(sampleState(1, 5, 10), sampleState(2, 5, 20));
    expect([state.first?.value, state.last?.value]).toEqual([2, 2]);
  });

  it('takes the lowest step for an extreme that occurs twice', () => {
    const state = mergeAll([sampleState(7, 9, 1), sampleState(7, 3, 2), sampleState(7, 6, 3)]);
    expect([state.min?.step, state.max?.step]).toEqual([3, 3]);
  });
});

describe('sums, means and variances', () => {
  it('survive an overflow on the way', () => {
    const state = fold([1.7e308, 1.7e308, -1.7e308, -1.7e308, 4]);
    expect(readStatistic(state, 'sum')).toBe(4);
    expect(state.mean).toBe(0.8);
  });

  it('give the value itself for a constant, however huge', () => {
    const state = mergeAll(samples(Array(7).fill(Number.MAX_VALUE)));
    expect(state.mean).toBe(Number.MAX_VALUE);
    expect(readStatistic(state, 'stddev')).toBe(0);
    expect(readStatistic(state, 'sum')).toBe(Number.POSITIVE_INFINITY);
  });

  it('have an infinite variance when the squares overflow', () => {
    expect(readStatistic(fold([1e200, -1e200]), 'variance')).toBe(Number.POSITIVE_INFINITY);
  });

  it('keep the variance of small differences far from zero, value by value', () => {
    const all = Array.from({ length: 1000 }, (_, i) => 1e9 + (i % 2));
    const state = mergeAll(samples(all));
    expect(readStatistic(state, 'mean')).toBe(1e9 + 0.5);
    expect(readStatistic(state, 'variance')).toBeCloseTo(0.25, 12);
  });

  it('agree with the National Institute of Standards\u2019 NumAcc4 values to 1e-12', () => {
    // NIST StRD, univariate, 1001 values: mean 10000000.2 and standard deviation 0.1 (of the sample) exactly.
    const all = [10000000.2, ...Array.from({ length: 1000 }, (_, i) => (i % 2 === 0 ? 10000000.1 : 10000000.3))];
    const state = mergeAll(samples(all));
    expect(state.mean).toBeCloseTo(10000000.2, 8);
    expect(Math.sqrt(state.m2 / (state.count - 1))).toBeCloseTo(0.1, 8);
  });
});
