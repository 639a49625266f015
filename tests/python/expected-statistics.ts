import { numberFromWire } from '@summa/core/json/wire-json';
import { expect } from 'vitest';

/** What the scripts write of an array; statistics are absent where no value is finite. */
export interface ExpectedStatistics {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly size: number;
  readonly nan: number;
  readonly posInf: number;
  readonly negInf: number;
  readonly zeros: number;
  /** As Python writes them. */
  readonly min?: string;
  readonly max?: string;
  readonly mean?: number | string;
  readonly variance?: number | string;
  readonly percentiles?: readonly (number | string)[];
  readonly counts?: readonly number[];
  readonly edges?: readonly number[];
  /** The first values in C order, as Python writes them. */
  readonly sample: readonly string[];
}

/** The percents of `percentiles`, as in `statistics_of.py`. */
export const PERCENTS: readonly number[] = [0, 1, 5, 10, 25, 33.3, 50, 75, 90, 95, 99, 100];

const RELATIVE = 1e-12;

/** A number as Python or strict JSON writes it. */
export function numberOf(value: number | string): number {
  if (typeof value === 'number') return value;
  const known: Record<string, number> = {
    nan: Number.NaN,
    inf: Number.POSITIVE_INFINITY,
    '-inf': Number.NEGATIVE_INFINITY,
  };
  return known[value] ?? Number(numberFromWire(value) ?? value);
}

/**
 * Fails unless both are the same number to 1e-12 relative. Where a result is the small rest of large numbers, `scale`
 * says how large they were.
 */
export function expectClose(
  actual: number | null,
  expected: number | string,
  { what, scale = 0 }: { what: string; scale?: number },
) {
  const wanted = numberOf(expected);
  if (Object.is(actual, wanted)) return;
  const error = Math.abs((actual ?? Number.NaN) - wanted);
  const allowed = RELATIVE * Math.max(Math.abs(wanted), scale);
  if (!(error <= allowed)) expect.fail(`${what} is ${actual} and not ${wanted}: off by ${error}, more than ${allowed}`);
}
