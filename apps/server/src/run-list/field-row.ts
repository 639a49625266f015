import type { JsonValue } from '@summa/core/json/json-value';
import type { KeyKind } from '../metric/metric-keys.ts';

/**
 * Longest text, in UTF-16 code units, that runs are filtered and sorted by: as long as an operand of a filter may be. Of a
 * longer one only `exists` is known, as of a list.
 */
export const MAX_FIELD_TEXT = 1024;

/** The statistics of a metric that runs are filtered and sorted by; null where there is none. ±Infinity is kept, NaN is null. */
export interface FieldStatistics {
  readonly last: number | null;
  readonly first: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  readonly sum: number | null;
  readonly variance: number | null;
  readonly best: number | null;
  /** Values of any type. */
  readonly count: number | null;
  /** How many of the values are NaN. */
  readonly nanCount: number | null;
}

/** What runs are filtered and sorted by under one key of one run: one row of `run_field`, before its key has a number. */
export interface FieldRow extends FieldStatistics {
  readonly key: string;
  readonly kind: KeyKind;
  /** At most one of the three is set; none for NaN, lists, objects and text longer than `MAX_FIELD_TEXT`. */
  readonly number: number | null;
  readonly text: string | null;
  readonly boolean: boolean | null;
}

/** What a config value or an explicit value has instead of statistics. */
export const NO_STATISTICS: FieldStatistics = {
  last: null,
  first: null,
  min: null,
  max: null,
  mean: null,
  sum: null,
  variance: null,
  best: null,
  count: null,
  nanCount: null,
};

/** The columns of a field that hold its value, as far as it is a number, a text or a boolean. */
export function scalarColumns(value: JsonValue): Pick<FieldRow, 'number' | 'text' | 'boolean'> {
  const number = typeof value === 'bigint' ? Number(value) : value;
  return {
    number: typeof number === 'number' ? numberOrNull(number) : null,
    text: typeof value === 'string' && value.length <= MAX_FIELD_TEXT && !value.includes('\0') ? value : null,
    boolean: typeof value === 'boolean' ? value : null,
  };
}

/** The kind that a key gets when this is its first value. */
export function kindOf(value: JsonValue): KeyKind {
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'boolean') return 'boolean';
  return typeof value === 'object' && value !== null ? 'object' : 'number';
}

/** A number as it is stored in a field: NaN is null. */
export function numberOrNull(number: number | null | undefined): number | null {
  return number === undefined || Number.isNaN(number) ? null : number;
}
