import type { JsonValue } from '../json/json-value.ts';
import type { FilterStatistic, RunField, RunTarget } from './run-target.ts';

/**
 * One run as filters and orders see it; what it does not have is undefined.
 *
 * Times are numbers, in seconds since 1970; TAGS is a list of texts.
 */
export interface RunView {
  /** Settles the order of runs that are otherwise equal. */
  readonly id: string;
  field(field: RunField): JsonValue | undefined;
  config(key: string): JsonValue | undefined;
  summary(key: string, statistic: FilterStatistic): JsonValue | undefined;
}

/**
 * The value of a run that a condition or an order looks at, or undefined when it has none.
 *
 * null is none, and so is an empty list of tags. A bigint is its nearest float64.
 */
export function targetValue(run: RunView, target: RunTarget): Exclude<JsonValue, null | bigint> | undefined {
  const value = read(run, target);
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'bigint') return Number(value);
  const isNoTag = target.section === 'field' && Array.isArray(value) && value.length === 0;
  return isNoTag ? undefined : value;
}

function read(run: RunView, target: RunTarget): JsonValue | undefined {
  if (target.section === 'field') return run.field(target.field);
  if (target.section === 'config') return run.config(target.key);
  return run.summary(target.key, target.statistic);
}
