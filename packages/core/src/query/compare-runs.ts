import { compareText } from './compare-text.ts';
import type { RunTarget } from './run-target.ts';
import { type RunView, targetValue } from './run-view.ts';

/** One level of an order of runs; made by `parseOrder`. */
export interface RunOrder {
  readonly target: RunTarget;
  readonly direction: 'ASC' | 'DESC';
}

/**
 * A total order of runs, for `sort`: level by level, and by run id, ascending, where all levels are equal.
 *
 * Ascending is numbers, then text (by code point), then booleans (false first); descending is the reverse. Runs without
 * the value, and those where it is NaN, a list or an object, come last in both directions, and are equal to each other.
 */
export function compareRuns(order: readonly RunOrder[]): (a: RunView, b: RunView) => number {
  return (a, b) => {
    for (const { target, direction } of order) {
      const difference = compareValues(sortValue(a, target), sortValue(b, target), direction === 'ASC' ? 1 : -1);
      if (difference !== 0) return difference;
    }
    return compareText(a.id, b.id);
  };
}

type SortValue = number | string | boolean | undefined;

function sortValue(run: RunView, target: RunTarget): SortValue {
  const value = targetValue(run, target);
  return typeof value === 'object' || Number.isNaN(value) ? undefined : value;
}

function compareValues(a: SortValue, b: SortValue, sign: 1 | -1): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return sign * compareAscending(a, b);
}

function compareAscending(a: Exclude<SortValue, undefined>, b: Exclude<SortValue, undefined>): number {
  if (typeof a !== typeof b) return typeRank(a) - typeRank(b);
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  // Not a - b: it is NaN for two infinities, and 0 would have a sign.
  return Number(a > b) - Number(a < b);
}

function typeRank(value: Exclude<SortValue, undefined>): number {
  return typeof value === 'number' ? 0 : typeof value === 'string' ? 1 : 2;
}
