import fc from 'fast-check';
import type { JsonValue } from '../../json/json-value.ts';
import { type Column, valueAt } from '../column.ts';

/** A value that is not a number, as a row may hold it: text, boolean, whole number beyond 2^53, list, object. */
export const anyOther: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.boolean(),
  fc.bigInt(2n ** 53n, 2n ** 70n),
  fc.array(fc.double(), { maxLength: 3 }),
  fc.record({ _type: fc.constant('image'), width: fc.double(), note: fc.string() }),
);

/** Any float64 (NaN, ±Infinity, -0 and the smallest ones too), often one that repeats or that a float32 holds. */
export const anyNumber: fc.Arbitrary<number> = fc.oneof(fc.double(), fc.float(), fc.constantFrom(0, -0, 1, Number.NaN));

export const anyValue: fc.Arbitrary<JsonValue> = fc.oneof({ arbitrary: anyNumber, weight: 4 }, anyOther);

/** A step: mostly a small one, so that steps of two columns meet. */
export const anyStep: fc.Arbitrary<number> = fc.oneof(
  { arbitrary: fc.nat(30), weight: 4 },
  fc.nat(200_000),
  fc.maxSafeNat(),
);

/** A column of up to `maxLength` points. */
export function anyColumn(maxLength = 20, value: fc.Arbitrary<JsonValue> = anyValue): fc.Arbitrary<Column> {
  return fc
    .uniqueArray(fc.tuple(anyStep, value), { maxLength, selector: ([step]) => step })
    .map((points) => columnFrom(points));
}

/** The column of points in any order; of equal steps the last stays. */
export function columnFrom(points: Iterable<readonly [step: number, value: JsonValue]>): Column {
  const sorted = [...new Map(points)].sort(([a], [b]) => a - b);
  const others = new Map<number, JsonValue>();
  const numbers = sorted.map(([, value], i) => {
    if (typeof value === 'number') return value;
    others.set(i, value);
    return Number.NaN;
  });
  return {
    steps: Float64Array.from(sorted, ([step]) => step),
    numbers: new Float64Array(numbers),
    others: others.size === 0 ? null : others,
  };
}

/** The points of a column, in order. */
export function pointsOf(column: Column): [step: number, value: JsonValue][] {
  return Array.from(column.steps, (step, i) => [step, valueAt(column, i)]);
}
